import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entitlement, judgeOnDay } from '../../../../src/registry/entitlement.ts';
import {
  coverOver,
  isServed,
  mostBars,
  placeOf,
  type Stretch,
  standingOn,
  timeLineOf,
} from '../../../../src/registry/licences/time-line.ts';
import { whyEntitled } from '../../../../src/registry/licences/why-entitled.ts';
import { type Licence, licenceKinds, type Plan, planKinds } from '../../../../src/registry/site.ts';
import { defaultRegistryPolicy as policy } from '../../../support/default-policies.ts';

const licence = (
  kind: Licence['kind'],
  quantity: number,
  from: string,
  to: string | null,
  more: Partial<Licence> = {},
) =>
  ({ number: `${kind}-${from}`, product: 'Vault', kind, quantity, from, to, registeredOn: null, ...more }) as Licence;
const plan = (kind: Plan['kind'], from: string, to: string): Plan => ({ kind, from, to });
const behind = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();

const said = ({ from, to, judged }: Stretch) => `${from} ${to} ${judged.kind}`;
const bought = {
  plans: [plan('standard', '2026-01-01', '2026-12-31'), plan('premier', '2026-03-01', '2026-06-30')],
  licences: [
    licence('user', 100, '2026-01-01', null),
    licence('support', 100, '2026-01-01', '2026-08-31'),
    licence('support', 40, '2026-09-01', '2027-08-31'),
  ],
};

describe('what is covered over time', () => {
  it('is one stretch for all days of which the same is true', () => {
    const cover = coverOver(bought, { from: '2025-12-01', to: '2027-06-30' }, policy);
    expect(cover.map(said)).toEqual([
      '2025-12-01 2025-12-31 lapsed',
      '2026-01-01 2026-02-28 entitled',
      '2026-03-01 2026-06-30 entitled',
      '2026-07-01 2026-08-31 entitled',
      '2026-09-01 2026-12-31 under-covered',
      '2027-01-01 2027-01-14 grace',
      '2027-01-15 2027-06-30 lapsed',
    ]);
    expect(cover[2]?.judged).toMatchObject({ plan: 'premier', base: 'standard' });
    expect(cover[4]?.judged).toMatchObject({ users: 100, support: 40 });
  });
  it('ends on its last day and begins on its first', () => {
    const one = { plans: [], licences: [licence('trial', 1, '2026-05-01', null, { registeredOn: '2026-05-10' })] };
    expect(coverOver(one, { from: '2026-05-10', to: '2026-05-10' }, policy).map(said)).toEqual([
      '2026-05-10 2026-05-10 trial',
    ]);
    expect(coverOver(one, { from: '2026-05-01', to: '2026-06-30' }, policy).map(said)).toEqual([
      '2026-05-01 2026-05-09 lapsed',
      '2026-05-10 2026-06-08 trial',
      '2026-06-09 2026-06-30 lapsed',
    ]);
  });

  const day = fc.integer({ min: 0, max: 900 }).map((n) => behind('2025-06-01', n));
  const span = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
  const plans = fc.array(
    fc.tuple(fc.constantFrom(...planKinds), span).map(([kind, { from, to }]) => plan(kind, from, to)),
    { maxLength: 4 },
  );
  const licences = fc.array(
    fc
      .record({
        kind: fc.constantFrom(...licenceKinds),
        quantity: fc.integer({ min: 0, max: 3 }),
        of: span,
        endless: fc.boolean(),
        product: fc.constantFrom('Vault', 'Pulse'),
        registeredOn: fc.option(day, { nil: null }),
      })
      .map(({ of, endless, kind, quantity, ...more }) =>
        licence(kind, quantity, of.from, endless ? null : of.to, more),
      ),
    { maxLength: 6 },
  );
  const material = fc.record({ plans, licences });
  const plainly = ({ day: _, ...rest }: Entitlement) => rest;

  it('says of every day what a mail of that day would be judged by, and of none twice', () => {
    fc.assert(
      fc.property(material, span, (given, { from, to }) => {
        const cover = coverOver(given, { from, to }, policy);
        expect(cover[0]?.from).toBe(from);
        expect(cover.at(-1)?.to).toBe(to);
        for (const [i, one] of cover.entries()) {
          const next = cover[i + 1];
          if (next) expect(next.from).toBe(behind(one.to, 1));
          if (next) expect(plainly(next.judged)).not.toEqual(plainly(one.judged));
        }
        for (let at = from; at <= to; at = behind(at, 7)) {
          const one = cover.find((stretch) => stretch.from <= at && at <= stretch.to);
          expect(one && plainly(one.judged), at).toEqual(plainly(judgeOnDay(given, at, null, policy)));
        }
      }),
      { numRuns: 60 },
    );
  });
  it('ends on the day after which nothing is served, where that is near enough', () => {
    fc.assert(
      fc.property(material, day, (given, today) => {
        const { judged, until } = standingOn(given, today, 90, policy);
        const served = (at: string) => isServed(judgeOnDay(given, at, null, policy));
        expect(plainly(judged)).toEqual(plainly(judgeOnDay(given, today, null, policy)));
        const days = Array.from({ length: 92 }, (_, n) => behind(today, n));
        const gap = served(today) ? days.findIndex((at) => !served(at)) : 0;
        expect(until).toBe(gap > 0 ? days[gap - 1] : null);
      }),
      { numRuns: 60 },
    );
  });
  it('is explained by the points of the policy, which come to the same', () => {
    fc.assert(
      fc.property(material, day, (given, today) => {
        const { kind } = judgeOnDay(given, today, null, policy);
        const points = whyEntitled(given, today, policy);
        const met = (rule: string) => points.find((one) => one.rule === rule)?.met;
        expect(kind === 'entitled').toBe(met('§2.1') === 'yes' && met('§2.2') === 'yes');
        expect(kind === 'under-covered').toBe(met('§2.1') === 'short' && met('§2.2') === 'yes');
        expect(kind === 'under-covered').toBe(met('§2.4') === 'short');
        if (kind === 'trial') expect(met('§2.3')).toBe('yes');
        expect(kind === 'grace').toBe(met('§2.5') === 'short');
        expect(kind === 'lapsed').toBe(met('§2.5') === 'no');
      }),
    );
  });
});

describe('why a site is entitled', () => {
  it('is said point by point, with what each has found', () => {
    expect(whyEntitled(bought, '2026-10-01', policy).map(({ rule, met, says }) => `${rule} ${met}: ${says}`)).toEqual([
      '§2.1 short: Vault: 100 user licences, 40 support licences. It takes as many support licences as user licences of a product, and at least one.',
      '§2.2 yes: standard until 2026-12-31.',
      '§2.3 no: No trial runs on this day.',
      '§2.4 short: 60 too few of Vault: cases are opened and flagged, and the renewal team is told once a day.',
    ]);
    expect(whyEntitled(bought, '2027-01-10', policy).at(-1)?.says).toBe(
      'Support ended on 2026-12-31. Severity 1 opens a provisional case until 2027-01-14; Severity 2 opens a provisional case until 2027-01-14.',
    );
    const premier = { plans: [plan('premier', '2026-01-01', '2026-12-31')], licences: bought.licences };
    expect(whyEntitled(premier, '2026-03-01', policy)[1]).toMatchObject({
      met: 'no',
      says: 'premier until 2026-12-31. Premier counts on top of standard or 24x7 only.',
    });
  });
});

describe('the line that is drawn', () => {
  it('goes from a month with something in it to the last end, and is lettered by whole months', () => {
    const line = timeLineOf(bought, '2026-11-29', policy);
    expect([line.from, line.to]).toEqual(['2026-01-01', '2027-09-30']);
    expect(line.ticks).toEqual(['2026-01-01', '2026-07-01', '2027-01-01', '2027-07-01']);
    expect(line.bars.map(({ kind, name, to }) => `${kind} ${name} ${to}`)).toEqual([
      'plan premier 2026-06-30',
      'plan standard 2026-12-31',
      'support support-2026-01-01 2026-08-31',
      'support support-2026-09-01 2027-08-31',
      'user user-2026-01-01 null',
    ]);
    expect(line.more).toBe(0);
  });
  it('is half a year long at least, and two years ahead at most', () => {
    const none = timeLineOf({ plans: [], licences: [] }, '2026-11-29', policy);
    expect([none.from, none.to, none.cover.length]).toEqual(['2026-08-01', '2027-06-30', 1]);
    const long = timeLineOf(
      { plans: [plan('standard', '2010-01-01', '2050-01-01')], licences: [] },
      '2026-11-29',
      policy,
    );
    expect([long.from, long.to]).toEqual(['2025-11-01', '2028-12-31']);
  });
  it('draws so many bars, and says how many more there are', () => {
    const licences = Array.from({ length: mostBars + 5 }, (_, n) =>
      licence('user', 1, '2026-01-01', null, { number: `U-${n}` }),
    );
    const old = licence('user', 1, '2001-01-01', '2002-01-01');
    const line = timeLineOf({ plans: [], licences: [...licences, old] }, '2026-11-29', policy);
    expect([line.bars.length, line.more]).toEqual([mostBars, 6]);
  });
  it('has each day in its place, the last one to its end', () => {
    const line = { from: '2026-01-01', to: '2026-12-31' };
    expect([placeOf(line, '2026-01-01'), placeOf(line, '2026-12-31', true)]).toEqual([0, 100]);
    expect([placeOf(line, '2020-01-01'), placeOf(line, '2030-01-01')]).toEqual([0, 100]);
    expect(placeOf(line, '2026-07-02', true)).toBeCloseTo(50.14, 1);
    expect(placeOf(line, '2026-07-03')).toBe(placeOf(line, '2026-07-02', true));
  });
});
