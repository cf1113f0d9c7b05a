/** The clock against a walk over every minute, by the clock on the wall and the text of the hours alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WorkingHours, weekdays, workingHoursSchema } from '../../../src/calendar/working-hours.ts';
import { casesPolicySchema } from '../../../src/cases/policy.ts';
import { counted, type Holidays, type Rating, rate } from '../../../src/cases/rating.ts';
import { ratingDiffers } from '../../../src/cases/rating-differs.ts';
import { type ClockEvent, foldClock, minutesLeft, timesAt, warnings } from '../../../src/cases/response-clock.ts';
import { defaultCasesPolicy as policy } from '../../support/default-policies.ts';

/** In `XX` every tenth day of a month is one. */
const holidays: Holidays = (country) => (day) => country === 'XX' && day.endsWith('0');

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
];
const breaks: WorkingHours = workingHoursSchema.parse({
  mon: [
    ['08:30', '12:15'],
    ['13:00', '17:00'],
  ],
  tue: [['00:00', '24:00']],
  thu: [['22:00', '24:00']],
  fri: [['00:00', '03:30']],
  sun: [
    ['00:00', '02:30'],
    ['03:00', '24:00'],
  ],
});
const always: WorkingHours = workingHoursSchema.parse({ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' });

const ratings: fc.Arbitrary<Rating> = fc
  .record({
    severity: fc.constantFrom(1, 2, 3, 4),
    plan: fc.constantFrom('standard', '24x7', 'premier'),
    base: fc.constantFrom('standard', '24x7'),
    timezone: fc.constantFrom(...zones),
    country: fc.constantFrom('XX', 'DE'),
    hours: fc.constantFrom(policy.businessHours, breaks, always),
    kind: fc.constantFrom('incident', 'defect', 'preview', 'licensing'),
  })
  .map(({ plan, base, hours, kind, ...one }) => {
    const byKind = { bestEffort: kind === 'preview', licensing: kind === 'licensing' };
    return rate(
      { ...one, ...byKind, plan, base: plan === 'premier' ? base : plan, businessHours: hours } as const,
      policy,
    );
  });

const minute = (text: string): number => Date.parse(text) / 60_000;
const written = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at * 60_000).toString();
const starts = fc
  .tuple(
    // Changes of the clocks, in St John's also just after midnight, and the day that Samoa never had.
    fc.constantFrom(
      '2026-03-29T01:00:00Z',
      '2026-10-25T01:00:00Z',
      '2010-11-07T02:31:00Z',
      '2009-03-08T03:31:00Z',
      '2011-12-30T10:00:00Z',
      '2026-04-04T15:00:00Z',
      '2026-07-14T09:00:00Z',
    ),
    fc.integer({ min: -2000, max: 500 }),
  )
  .map(([day, minutes]) => minute(day) + minutes);

type Kind = Exclude<ClockEvent['type'], 'started'>;
const steps = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 700 }),
    type: fc.constantFrom<Kind>(
      'paused',
      'paused',
      'resumed',
      'resumed',
      're-rated',
      're-rated',
      'stopped',
      'breached',
      'joined',
      'parted',
    ),
    rating: ratings,
  }),
  { maxLength: 8 },
);

type Told = { readonly events: ClockEvent[]; readonly end: number };
function tell(start: number, first: Rating, given: readonly { after: number; type: Kind; rating: Rating }[]): Told {
  let end = start;
  const events = given.map(({ after, type, rating }): ClockEvent => {
    end += after;
    const at = written(end);
    if (type === 're-rated') return { type, at, rating };
    if (type === 'joined') return { type, at, of: '100007', due: written(end + 2 * after) };
    return type === 'parted' ? { type, at, of: '100007' } : { type, at };
  });
  return { events: [{ type: 'started', at: written(start), rating: first }, ...events], end };
}

function counts(rating: Rating, at: number): boolean {
  if (rating.counts === 'round-the-clock') return true;
  const wall = Temporal.Instant.fromEpochMilliseconds(at * 60_000).toZonedDateTimeISO(rating.timezone);
  if (holidays(rating.country)(wall.toPlainDate().toString())) return false;
  const time = wall.toPlainTime().toString().slice(0, 5);
  const { hours } = rating;
  const ofDay =
    'days' in hours
      ? hours.days.includes(wall.dayOfWeek)
        ? [[hours.from, hours.to] as const]
        : []
      : (hours[weekdays[wall.dayOfWeek - 1] ?? 'mon'] ?? []);
  return ofDay.some(([from, to]) => time >= from && time < to);
}

/** What each minute went to. */
function walk({ events, end }: Told) {
  const sum = { elapsed: 0, outOfHours: 0, paused: 0, stopped: 0 };
  let state: 'running' | 'paused' | 'stopped' = 'running';
  let rating: Rating | null = null;
  events.forEach((event, index) => {
    if ('rating' in event) rating = event.rating;
    if (event.type === 'paused' && state === 'running') state = 'paused';
    if (event.type === 'stopped') state = 'stopped';
    if (event.type === 'resumed') state = 'running';
    const until = events[index + 1] ? minute(events[index + 1]?.at ?? '') : end;
    for (let at = minute(event.at); at < until; at += 1) {
      if (state !== 'running') sum[state] += 1;
      else if (rating && counts(rating, at)) sum.elapsed += 1;
      else sum.outOfHours += 1;
    }
  });
  return sum;
}

const folded = (events: readonly ClockEvent[]) => {
  const clock = foldClock(events, holidays);
  if (clock === null) throw new Error('it has started');
  return clock;
};
const stories = fc.tuple(starts, ratings, steps).map(([start, first, given]) => tell(start, first, given));

describe('whatever a clock goes through', () => {
  it('each minute is counted, out of hours, paused or stopped, as a walk over all of them finds', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 600 }), ({ events, end }, more) => {
        const told = { events, end: end + more };
        const times = timesAt(folded(events), holidays, written(told.end));
        expect(times).toEqual(walk(told));
        const sum = times.elapsed + times.outOfHours + times.paused + times.stopped;
        expect(sum).toBe(told.end - minute(events[0]?.at ?? ''));
      }),
      { numRuns: 120 },
    );
  });

  it('no time is ever lost or negative, to the millisecond, however late an event says that it was', () => {
    const odd = fc.integer({ min: -90_000_000, max: 90_000_000 });
    fc.assert(
      fc.property(stories, fc.array(odd, { minLength: 9, maxLength: 9 }), ({ events, end }, shifts) => {
        const late = events.map((event, index) => {
          const ms = Date.parse(event.at) + (index === 0 ? 0 : (shifts[index] ?? 0));
          return { ...event, at: Temporal.Instant.fromEpochMilliseconds(ms).toString() };
        });
        let before = { elapsed: 0, outOfHours: 0, paused: 0, stopped: 0 };
        late.forEach((_, index) => {
          const clock = folded(late.slice(0, index + 1));
          for (const key of ['elapsed', 'outOfHours', 'paused', 'stopped'] as const)
            expect(clock[key]).toBeGreaterThanOrEqual(before[key]);
          before = clock;
        });
        const clock = folded(late);
        const last = Math.max(end * 60_000, Date.parse(clock.since));
        const times = timesAt(clock, holidays, Temporal.Instant.fromEpochMilliseconds(last).toString());
        const sum = times.elapsed + times.outOfHours + times.paused + times.stopped;
        expect(Math.round(sum * 60_000)).toBe(last - Date.parse(clock.startedAt));
      }),
      { numRuns: 200 },
    );
  });

  it('what is left is what the deadline gives, and the warnings come in order before it', () => {
    fc.assert(
      fc.property(stories, ({ events }) => {
        const clock = folded(events);
        if (clock.state !== 'running' || clock.due === null) {
          expect([clock.due, warnings(clock, holidays, policy)]).toEqual([null, []]);
          return;
        }
        const left = minutesLeft(clock, holidays);
        expect(Temporal.Instant.compare(clock.due, clock.since)).toBeGreaterThanOrEqual(0);
        expect(counted(clock.rating, holidays, clock.since, clock.due)).toBeCloseTo(Math.max(0, left), 6);
        const [half, most] = warnings(clock, holidays, policy);
        const moments = [clock.since, half?.at ?? '', most?.at ?? '', clock.due].map((at) => Date.parse(at));
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });

  it('an event that changes nothing moves no deadline: rated the same, paused for no time, written twice', () => {
    fc.assert(
      fc.property(stories, ({ events, end }) => {
        const clock = folded(events);
        const at = written(end);
        const { changes, ...same } = folded([...events, { type: 're-rated', at, rating: clock.rating }]);
        expect(changes.at(-1)).toMatchObject({ by: [] });
        expect(Date.parse(same.due ?? at)).toBe(
          Date.parse(clock.due ?? at) < Date.parse(at) ? Date.parse(at) : Date.parse(clock.due ?? at),
        );
        if (clock.state === 'running' && clock.due !== null && Date.parse(clock.due) > Date.parse(at)) {
          const pause: ClockEvent[] = [
            { type: 'paused', at },
            { type: 'resumed', at },
          ];
          expect(folded([...events, ...pause]).due).toBe(clock.due);
        }
        const last = events.at(-1);
        if (last && last.type !== 're-rated') expect(folded([...events, last])).toEqual(clock);
      }),
      { numRuns: 200 },
    );
  });

  it('answered straight from a pause it is as if that pause had never been', () => {
    const within = fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), ratings), { maxLength: 3 });
    fc.assert(
      fc.property(stories, within, ({ events, end }, given) => {
        fc.pre(folded(events).state === 'running');
        let now = end;
        const later = given.map(([minutes, rating]): ClockEvent => {
          now += minutes;
          return { type: 're-rated', at: written(now), rating };
        });
        const met: ClockEvent = { type: 'met', at: written(now + 60) };
        const done = folded([...events, { type: 'paused', at: written(end) }, ...later, met]);
        expect(done).toEqual(folded([...events, ...later, met]));
        expect(done).toMatchObject({ state: 'met', metAt: met.at });
      }),
      { numRuns: 200 },
    );
  });
});

describe('a clock', () => {
  const rating = rate(
    { severity: 3, plan: 'standard', base: 'standard', timezone: 'Europe/Berlin', country: 'DE' },
    policy,
  );
  const at = (time: string, day = '24') => `2026-03-${day}T${time}:00+01:00`;
  const started: ClockEvent = { type: 'started', at: at('10:00'), rating };
  const paused: ClockEvent = { type: 'paused', at: at('11:00') };

  it('that is paused as it is answered was too late where the pause was too long', () => {
    expect(folded([started, paused, { type: 'met', at: at('13:00') }])).toMatchObject({
      due: at('14:00'),
      elapsed: 180,
      paused: 0,
      breachedAt: null,
    });
    expect(folded([started, paused, { type: 'met', at: at('15:00') }])).toMatchObject({
      due: at('14:00'),
      elapsed: 300,
      breachedAt: at('14:00'),
    });
    const answered: ClockEvent = { type: 'resumed', at: at('14:30') };
    expect(folded([started, paused, answered, { type: 'met', at: at('15:00') }])).toMatchObject({
      due: at('09:30', '25'),
      elapsed: 90,
      paused: 210,
      breachedAt: null,
    });
  });

  it('that is stopped counts nothing, also where it is answered then', () => {
    const stopped: ClockEvent = { type: 'stopped', at: at('12:00') };
    expect(folded([started, paused, stopped, { type: 'met', at: at('16:00') }])).toMatchObject({
      due: null,
      elapsed: 60,
      paused: 60,
      stopped: 240,
      breachedAt: null,
    });
    expect(folded([started, stopped, { type: 'resumed', at: at('16:00') }])).toMatchObject({
      due: at('10:00', '25'),
    });
  });

  it('was breached at its deadline where nobody looked', () => {
    expect(folded([started, { type: 'met', at: at('14:00') }]).breachedAt).toBeNull();
    expect(folded([started, { type: 'met', at: at('14:01') }]).breachedAt).toBe(at('14:00'));
    expect(folded([started, { type: 'paused', at: at('15:00') }]).breachedAt).toBe(at('14:00'));
  });

  it('says by what it was rated anew', () => {
    const own = casesPolicySchema.parse({ holidays: { add: ['2026-03-25'], remove: [] } });
    const given = {
      severity: 3,
      plan: 'standard',
      base: 'standard',
      timezone: 'Europe/Berlin',
      country: 'DE',
    } as const;
    expect(ratingDiffers(rating, rate(given, policy))).toEqual([]);
    expect(ratingDiffers(rating, rate({ ...given, severity: 2 }, policy))).toEqual(['severity', 'target']);
    expect(ratingDiffers(rating, rate({ ...given, plan: 'premier' }, policy))).toEqual(['plan', 'target']);
    expect(ratingDiffers(rating, rate({ ...given, state: 'BY' }, policy))).toEqual(['calendar']);
    expect(ratingDiffers(rating, rate(given, own))).toEqual(['calendar']);
    expect(ratingDiffers(rating, rate({ ...given, timezone: 'Europe/Paris', country: 'FR' }, policy))).toEqual([
      'calendar',
      'zone',
    ]);
    const nine = {
      mon: [['09:00', '17:00']],
      tue: [['09:00', '17:00']],
      wed: [['09:00', '17:00']],
      thu: [['09:00', '17:00']],
      fri: [['09:00', '17:00']],
    };
    expect(ratingDiffers(rating, rate({ ...given, businessHours: workingHoursSchema.parse(nine) }, policy))).toEqual(
      [],
    );
    expect(ratingDiffers(rating, rate({ ...given, businessHours: breaks }, policy))).toEqual(['calendar']);
  });
});
