/** The ladder over years of zones, changes of the clocks, leap days and holidays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../../../src/notices/renewals/groups.ts';
import { lastToldStep, type SettledStep } from '../../../../src/notices/renewals/told.ts';
import type { Licence } from '../../../../src/registry/site.ts';
import { simulate } from '../../../support/renewals/simulate.ts';
import { licence, policy } from '../../../support/renewals/sites.ts';
import type { Happening, LedgerRow, Story } from '../../../support/renewals/story.ts';

const dayMs = 86_400_000;
const zones = [
  ...['Europe/Berlin', 'Europe/London', 'Europe/Lisbon', 'America/New_York', 'America/St_Johns', 'America/Havana'],
  ...[
    'America/Sao_Paulo',
    'Africa/Cairo',
    'Africa/Casablanca',
    'Asia/Tehran',
    'Asia/Kathmandu',
    'Asia/Tokyo',
    'Asia/Beirut',
  ],
  ...['Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Chatham', 'Pacific/Kiritimati', 'Pacific/Marquesas', 'UTC'],
];
const people = [{ id: 'ada', role: 'primary', types: [] }] as const;
const plus = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
const begins = (timezone: string, day: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(timezone).epochMilliseconds;

const place = fc
  .record({
    timezone: fc.constantFrom(...zones),
    year: fc.integer({ min: 2008, max: 2040 }),
    weekdays: fc.constantFrom<number[]>([1, 2, 3, 4, 5], [7, 1, 2, 3, 4], [6], [1, 2, 3, 4, 5, 6, 7]),
    // In about so many of a hundred; 35: weeks without a business day.
    holidays: fc.constantFrom(0, 5, 35),
    salt: fc.nat(1000),
  })
  .map(({ holidays, salt, ...rest }) => ({
    ...rest,
    isHoliday: (day: string) =>
      [...day].reduce((sum, c) => (sum * 31 + c.charCodeAt(0) + salt) % 10_007, 7) % 100 < holidays,
  }));
type Place = typeof place extends fc.Arbitrary<infer T> ? T : never;

/** Days of the year at which something of its own product ends, which all know two years before. */
const ends = fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { minLength: 1, maxLength: 6 });
const licencesOf = ({ year }: Place, days: readonly number[]): Licence[] =>
  days.map((day, at) => {
    const to = plus(`${year}-01-01`, day);
    return licence(`L-${at}`, plus(to, -364), to, { product: `product ${at}` });
  });

const storyOf = (where: Place, happenings: readonly Happening[]): Story => ({
  ...where,
  ...{ startedAt: begins('UTC', `${where.year - 2}-01-01`), deadFrom: {}, happenings },
});
const change = (at: number, licences: readonly Licence[]): Happening => ({
  kind: 'change',
  at,
  licences,
  plans: [],
  people,
});
const run = (from: number, to: number): Happening => ({ kind: 'run', from, to });
const spanOf = ({ year }: Place) => [begins('UTC', `${year - 2}-01-02`), begins('UTC', `${year + 1}-06-01`)] as const;

/** Samoa never had the 30th of December 2011. */
const isOpen = ({ timezone, weekdays, isHoliday }: Place, day: string): boolean => {
  const date = Temporal.PlainDate.from(day);
  const isThere = date.toZonedDateTime(timezone).toPlainDate().equals(date);
  return isThere && weekdays.includes(date.dayOfWeek) && !isHoliday(day);
};
const keys = (rows: readonly LedgerRow[]): string[] => rows.map(({ group, step }) => `${group} ${step}`);
const sent = (rows: readonly LedgerRow[]): LedgerRow[] => rows.filter(({ named }) => named.length > 0);

describe('while it runs', () => {
  it('each step goes out once, at nine on a business day at or before its day, or a later one goes on that day', () => {
    fc.assert(
      fc.property(place, ends, (where, days) => {
        const [from, to] = spanOf(where);
        const licences = licencesOf(where, days);
        const rows = simulate(storyOf(where, [change(from, licences), run(from, to)]));
        expect(new Set(keys(rows)).size).toBe(rows.length);
        for (const { group, step, at } of sent(rows)) {
          const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(where.timezone);
          expect([wall.hour, wall.minute, wall.second]).toEqual([9, 0, 0]);
          const earlier = wall.toPlainDate().until(plus(group, step)).days;
          expect(earlier).toBeGreaterThanOrEqual(0);
          for (let back = 0; back < earlier; back += 1) expect(isOpen(where, plus(group, step - back))).toBe(false);
          // Where none is open for long it is the day itself.
          const day = wall.toPlainDate().toString();
          if (earlier > 0 || isOpen(where, plus(group, step))) expect(isOpen(where, day)).toBe(true);
        }
        const groups = groupsOf(
          licences.map((one) => ({ ...one, kind: 'support', id: one.number, to: one.to ?? '', knownAt: '' })),
          policy.renewals.groupDays,
        );
        for (const { group, items } of groups) {
          const mine = rows.filter((row) => row.group === group);
          expect(mine.map(({ step }) => step)).toEqual(policy.renewals.steps);
          mine.forEach((row, i) => {
            const later = mine.slice(i + 1).find(({ at }) => at === row.at);
            if (later) expect(row.named).toEqual([]);
            else expect(row.named).toHaveLength(items.length);
          });
        }
        expect(new Set(rows.map(({ group }) => group)).size).toBe(groups.length);
      }),
      { numRuns: 60 },
    );
  });

  it('nothing is said of what is renewed, from the moment on at which it is', () => {
    const form = fc.constantFrom('new', 'early', 'extended', 'late');
    fc.assert(
      fc.property(
        place,
        fc.nat(364),
        fc.integer({ min: -100, max: 60 }),
        fc.nat(dayMs),
        form,
        (where, day, after, within, how) => {
          const [from, to] = spanOf(where);
          const [old] = licencesOf(where, [day]) as [Licence];
          const end = old.to ?? '';
          const today = plus(end, after);
          const at = begins(where.timezone, today) + within;
          const next = plus(end, 1);
          const begin = how === 'late' ? (today > next ? today : next) : how === 'early' && today < next ? today : next;
          const span = { from: begin, to: plus(begin, 364) };
          const licences =
            how === 'extended' ? [{ ...old, to: plus(end, 365) }] : [old, { ...old, ...span, number: 'L-9' }];
          const story = storyOf(where, [change(from, [old]), run(from, at), change(at, licences), run(at, to)]);
          const rows = simulate(story);
          const name = `licence:l-0 ${end}`;
          const about = sent(rows).filter(({ named }) => named.includes(name));
          for (const row of about) expect(row.at).toBeLessThan(at);
          // And all that lay before it was said.
          const due = rows.filter((row) => row.group === end && row.at < at);
          expect(new Set(due.map((row) => row.at)).size).toBe(about.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('whatever stands still or is moved', () => {
  const gap = fc.record({ at: fc.nat(1000), hours: fc.integer({ min: -48, max: 24 * 40 }) });

  it('no step goes out twice, before its time or more than seven days late, and of those that were missed the newest alone', () => {
    fc.assert(
      fc.property(place, ends, fc.array(gap, { maxLength: 12 }), (where, days, gaps) => {
        const [from, to] = spanOf(where);
        const happenings: Happening[] = [change(from, licencesOf(where, days))];
        let at = from;
        for (const one of gaps.toSorted((a, b) => a.at - b.at)) {
          const stop = from + ((to - from) * one.at) / 1000;
          if (stop <= at) continue;
          happenings.push(run(at, stop));
          at = stop + one.hours * 3_600_000;
        }
        happenings.push(run(at, to));
        const rows = simulate(storyOf(where, happenings));
        expect(new Set(keys(rows)).size).toBe(rows.length);
        const calm = new Map(
          simulate(storyOf(where, [change(from, licencesOf(where, days)), run(from, to)])).map((row) => [
            `${row.group} ${row.step}`,
            row.at,
          ]),
        );
        for (const row of sent(rows)) {
          const due = calm.get(`${row.group} ${row.step}`) ?? Number.NaN;
          expect(row.at).toBeGreaterThanOrEqual(due);
          expect(row.at - due).toBeLessThanOrEqual(7 * dayMs);
        }
        const together = Map.groupBy(sent(rows), ({ group, at: moment }) => `${group} ${moment}`);
        for (const [, letters] of together) expect(letters).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });
});

describe('groups', () => {
  const ending = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 30 }).map((days) =>
    days.map((day, at) => ({
      ...({ kind: 'plan', plan: 'standard', id: `p${at}`, from: '2020-01-01', knownAt: '' } as const),
      to: plus('2027-01-01', day),
    })),
  );

  it('hold each contract once, none longer than their days, and none that would have room in the one before', () => {
    fc.assert(
      fc.property(ending, fc.integer({ min: 1, max: 90 }), (all, days) => {
        const groups = groupsOf(all, days);
        expect(groups.flatMap(({ items }) => items.map(({ id }) => id)).sort()).toEqual(all.map(({ id }) => id).sort());
        groups.forEach(({ group, items }, i) => {
          expect(items[0]?.to).toBe(group);
          expect((items.at(-1)?.to ?? '') < plus(group, days)).toBe(true);
          const before = groups[i - 1];
          if (before) expect(group >= plus(before.group, days)).toBe(true);
        });
      }),
    );
  });

  it('that change tell nobody of a step that a letter of another group was nearer to, and leave out no other', () => {
    fc.assert(
      fc.property(
        place,
        fc.nat(300),
        fc.integer({ min: 1, max: 29 }),
        fc.integer({ min: -89, max: 29 }),
        (where, day, apart, after) => {
          const [from, to] = spanOf(where);
          const [first, second] = licencesOf(where, [day, day + apart]) as [Licence, Licence];
          const [end, own] = [first.to ?? '', second.to ?? ''];
          const at = begins(where.timezone, plus(end, after)) + 1;
          const renewed = [{ ...first, to: plus(end, 730) }, second];
          const story = storyOf(where, [
            change(from, [first, second]),
            run(from, at),
            change(at, renewed),
            run(at, to),
          ]);
          const rows = simulate(story);
          const settled = rows.map(
            ({ group, step, at: moment, named }): SettledStep => ({
              ...{ group, step, at: new Date(moment).toISOString() },
              told: named.map((one) => ({ id: one.slice(0, -11), to: one.slice(-10) })),
            }),
          );
          const told = lastToldStep(
            { id: 'licence:l-1', to: own },
            { group: own, steps: policy.renewals.steps },
            settled,
            where.timezone,
          );
          const ofOwn = rows.filter(({ group }) => group === own);
          for (const row of sent(ofOwn)) expect(row.step).toBeGreaterThan(told);
          const left = ofOwn.filter(({ step }) => step > told);
          // Of those on one day the last one; of those that lay behind as it changed the newest.
          for (const [moment, together] of Map.groupBy(left, (row) => row.at)) {
            const goes = sent(together);
            expect(goes.length).toBeLessThanOrEqual(1);
            if (moment > at) expect(goes).toEqual([together.at(-1)]);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
