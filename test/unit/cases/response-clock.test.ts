import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holidaysOf } from '../../../src/calendar/holidays.ts';
import { workingMinutesBetween } from '../../../src/calendar/working-time.ts';
import type { Severity } from '../../../src/cases/case.ts';
import { casesPolicySchema } from '../../../src/cases/policy.ts';
import { type Holidays, rate, responseDue, type ToRate } from '../../../src/cases/rating.ts';
import { type ClockEvent, foldClock, warnings } from '../../../src/cases/response-clock.ts';
import { defaultCasesPolicy as policy } from '../../support/default-policies.ts';
import { isWorkingTime } from '../../support/working-time.ts';

const none: Holidays = () => () => false;
const site: ToRate = { severity: 3, plan: 'standard', base: 'standard', timezone: 'Europe/Berlin', country: 'DE' };
const due = (change: Partial<ToRate>, arrivedAt: string, holidays = none) =>
  responseDue({ ...site, ...change, arrivedAt, policy, publicHolidays: holidays });
const night = '2026-03-24T22:00:00+01:00';

describe('the response target', () => {
  it.each<[string, Partial<ToRate>, string]>([
    ['standard severity 1', { severity: 1 }, '2026-03-25T10:00:00+01:00'],
    ['standard severity 3', {}, '2026-03-25T13:00:00+01:00'],
    ['standard severity 4', { severity: 4 }, '2026-03-25T17:00:00+01:00'],
    ['24x7 severity 1', { severity: 1, plan: '24x7', base: '24x7' }, '2026-03-24T23:00:00+01:00'],
    ['24x7 severity 2', { severity: 2, plan: '24x7', base: '24x7' }, '2026-03-25T11:00:00+01:00'],
    ['premier on standard, severity 1', { severity: 1, plan: 'premier' }, '2026-03-25T09:30:00+01:00'],
    ['premier on 24x7, severity 1', { severity: 1, plan: 'premier', base: '24x7' }, '2026-03-24T22:30:00+01:00'],
    ['premier severity 4', { severity: 4, plan: 'premier' }, '2026-03-25T13:00:00+01:00'],
  ])('of a mail at ten in the evening, %s', (_, change, expected) => {
    expect(due(change, night).due).toBe(expected);
  });

  it('says what it counted by', () => {
    expect(due({ severity: 1, plan: '24x7', base: '24x7' }, night)).toMatchObject({
      target: { minutes: 60 },
      hours: 'round-the-clock',
    });
    expect(due({ severity: 4 }, night)).toMatchObject({ target: { businessDays: 1 }, hours: 'business' });
  });

  it('runs round the clock through the change to winter time without losing or gaining an hour', () => {
    const round = due({ severity: 1, plan: '24x7', base: '24x7' }, '2026-10-25T00:30:00Z');
    expect(round.due).toBe('2026-10-25T02:30:00+01:00');
  });

  it('leaves out the holidays of country and state', () => {
    const eve = '2026-01-05T16:30:00+01:00';
    expect(due({}, eve, () => holidaysOf('DE')).due).toBe('2026-01-06T12:30:00+01:00');
    expect(responseDue({ ...site, state: 'BY', arrivedAt: eve, policy, publicHolidays: holidaysOf }).due).toBe(
      '2026-01-07T12:30:00+01:00',
    );
  });

  it('follows the policy file', () => {
    const own = casesPolicySchema.parse({ businessHours: { days: [7], from: '08:00', to: '12:00' } });
    expect(responseDue({ ...site, arrivedAt: night, policy: own, publicHolidays: none }).due).toBe(
      '2026-03-29T12:00:00+02:00',
    );
    expect(casesPolicySchema.safeParse({ businessHours: { days: [1], from: '17:00', to: '09:00' } }).success).toBe(
      false,
    );
  });

  const instants = fc
    .integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 })
    .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString());
  const rated = fc.record({
    severity: fc.constantFrom<Severity>(1, 2, 3, 4),
    plan: fc.constantFrom('standard', '24x7', 'premier'),
    timezone: fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Australia/Sydney', 'Asia/Tokyo'),
  }) as fc.Arbitrary<Pick<ToRate, 'severity' | 'plan' | 'timezone'>>;

  it('ends within working time after exactly the target, and later for a later mail', () => {
    fc.assert(
      fc.property(rated, instants, fc.integer({ min: 0, max: 5000 }), (change, at, gap) => {
        const base = change.plan === '24x7' ? '24x7' : 'standard';
        const given = { ...change, base } as const;
        const rating = rate({ ...site, ...given }, policy);
        const minutes = 'minutes' in rating.target ? rating.target.minutes : rating.target.businessDays * 480;
        const found = due(given, at);
        const calendar = { timezone: rating.timezone, hours: policy.businessHours, isHoliday: () => false };
        if (rating.counts === 'business') {
          expect(
            isWorkingTime(calendar, Temporal.Instant.from(found.due).subtract({ milliseconds: 1 }).toString()) ||
              found.due.includes('T09:00:00'),
          ).toBe(true);
          expect(workingMinutesBetween(calendar, at, found.due)).toBe(minutes);
        } else {
          expect(Temporal.Instant.from(at).until(Temporal.Instant.from(found.due)).total('minutes')).toBe(minutes);
        }
        const next = due(given, Temporal.Instant.from(at).add({ minutes: gap }).toString());
        expect(Temporal.Instant.compare(found.due, next.due)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the clock', () => {
  const rating = rate(site, policy);
  const at = (time: string, day = '24') => `2026-03-${day}T${time}:00+01:00`;
  const started: ClockEvent = { type: 'started', at: at('10:00'), rating };
  const fold = (...events: ClockEvent[]) => foldClock([started, ...events], none);

  it('has started before all else, also where what it runs by was written later (§11.6)', () => {
    const rest: ClockEvent[] = [{ type: 'paused', at: at('11:00') }];
    expect(foldClock([...rest, started], none)).toEqual(foldClock([started, ...rest], none));
  });

  it('has not started without its first event', () => {
    expect(foldClock([], none)).toBeNull();
    expect(foldClock([{ type: 'met', at: at('10:00') }], none)).toBeNull();
  });

  it('is due when the target has been counted', () => {
    expect(fold()).toMatchObject({ state: 'running', due: at('14:00'), elapsed: 0 });
  });

  it('gives back the time it was paused', () => {
    const paused: ClockEvent = { type: 'paused', at: at('11:00') };
    expect(fold(paused)).toMatchObject({ state: 'paused', due: null, elapsed: 60 });
    expect(fold(paused, { type: 'resumed', at: at('16:00') })).toMatchObject({
      state: 'running',
      due: at('11:00', '25'),
    });
  });

  it('keeps what has been counted when the severity changes, and shows both deadlines', () => {
    const sharper = rate({ ...site, severity: 2 }, policy);
    expect(fold({ type: 're-rated', at: at('11:00'), rating: sharper })).toMatchObject({
      due: at('12:00'),
      elapsed: 60,
      changes: [{ at: at('11:00'), before: at('14:00'), after: at('12:00') }],
    });
  });

  it('is due at once where the new target has been used up', () => {
    const critical = rate({ ...site, severity: 1 }, policy);
    expect(fold({ type: 're-rated', at: at('13:00'), rating: critical })?.due).toBe(at('13:00'));
  });

  it('keeps what has been counted when the site moves to another time zone', () => {
    const moved = rate({ ...site, timezone: 'America/New_York' }, policy);
    const clock = fold({ type: 're-rated', at: at('11:00'), rating: moved });
    expect(clock).toMatchObject({ due: '2026-03-24T12:00:00-04:00', elapsed: 60 });
  });

  it('is changed by nothing once it is met', () => {
    const met: ClockEvent = { type: 'met', at: at('11:30') };
    const clock = fold(met);
    expect(clock).toMatchObject({ state: 'met', due: at('14:00'), elapsed: 90, metAt: at('11:30') });
    expect(fold(met, { type: 'breached', at: at('14:00') }, { type: 'paused', at: at('15:00') })).toEqual(clock);
  });

  it('remembers its first breach and goes on', () => {
    const twice = [at('14:00'), at('14:01')].map((time): ClockEvent => ({ type: 'breached', at: time }));
    expect(fold(...twice)).toMatchObject({ state: 'running', breachedAt: at('14:00') });
  });

  it('warns at half and at four fifths of what it counts', () => {
    const clock = fold({ type: 'paused', at: at('11:00') }, { type: 'resumed', at: at('15:00') });
    expect(clock && warnings(clock, none, policy)).toEqual([
      { percent: 50, at: at('16:00') },
      { percent: 80, at: '2026-03-25T09:12:00+01:00' },
    ]);
  });

  it('comes to the same deadline however a stretch of working time is cut by pauses and written twice', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 600 }), { maxLength: 8 }), (steps) => {
        let now = Temporal.Instant.from(started.at);
        const events: ClockEvent[] = [started];
        steps.forEach((minutes, index) => {
          now = now.add({ minutes });
          const event: ClockEvent = { type: index % 2 === 0 ? 'paused' : 'resumed', at: now.toString() };
          events.push(event, event);
        });
        const clock = foldClock(events, none);
        const once = foldClock(
          events.filter((event, index) => events[index - 1] !== event),
          none,
        );
        expect(clock).toEqual(once);
        if (clock?.state !== 'running' || clock.due === null || clock.elapsed >= 240) return;
        const calendar = { timezone: rating.timezone, hours: rating.hours, isHoliday: () => false };
        expect(clock.elapsed + workingMinutesBetween(calendar, clock.since, clock.due)).toBeCloseTo(240, 6);
      }),
    );
  });
});
