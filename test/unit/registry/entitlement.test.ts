import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt, judgeEntitlement, type SupportMaterial, serves } from '../../../src/registry/entitlement.ts';
import type { Licence, LicenceKind, Plan } from '../../../src/registry/site.ts';
import { defaultRegistryPolicy as policy } from '../../support/default-policies.ts';

const licence = (
  kind: LicenceKind,
  quantity: number,
  from: string,
  to: string | null,
  more: Partial<Licence> = {},
): Licence => ({
  number: `${kind}-${from}`,
  product: 'Pulse',
  kind,
  quantity,
  from,
  to,
  registeredOn: null,
  ...more,
});
const standard: Plan = { kind: 'standard', from: '2026-01-01', to: '2026-12-31' };
const covered: SupportMaterial = {
  site: { timezone: 'Europe/Berlin' },
  plans: [standard],
  licences: [licence('user', 5, '2026-01-01', null), licence('support', 5, '2026-01-01', '2026-06-30')],
};
const noon = (day: string) => `${day}T12:00:00Z`;

describe('a covered site', () => {
  it('is entitled by licences and plan', () => {
    expect(judgeEntitlement(covered, noon('2026-03-01'), 'pulse', policy)).toEqual({
      kind: 'entitled',
      day: '2026-03-01',
      product: 'Pulse',
      productUnknown: false,
      plan: 'standard',
      base: 'standard',
      coveredBy: 'Pulse',
      users: 5,
      support: 5,
    });
  });

  it('is covered to the end of the last day in its own time zone', () => {
    expect(judgeEntitlement(covered, '2026-06-30T21:59:59Z', null, policy).kind).toBe('entitled');
    expect(judgeEntitlement(covered, '2026-06-30T22:00:00Z', null, policy).kind).toBe('grace');
    expect(judgeEntitlement(covered, '2025-12-31T22:59:59Z', null, policy).kind).toBe('lapsed');
    expect(judgeEntitlement(covered, '2025-12-31T23:00:00Z', null, policy).kind).toBe('entitled');
  });

  it('is covered 365 days by a support licence without an end, the day of issue being the first', () => {
    const yearly = { ...covered, plans: [{ ...standard, to: '2027-12-31' }] };
    const open = {
      ...yearly,
      licences: [licence('user', 1, '2026-01-01', null), licence('support', 1, '2026-01-01', null)],
    };
    expect(judgeEntitlement(open, noon('2026-12-31'), null, policy).kind).toBe('entitled');
    expect(judgeEntitlement(open, noon('2027-01-01'), null, policy)).toMatchObject({
      kind: 'grace',
      endedOn: '2026-12-31',
    });
  });

  it('counts a product without a licence as none named, and says so', () => {
    expect(judgeEntitlement(covered, noon('2026-03-01'), 'Quartz', policy)).toMatchObject({
      kind: 'entitled',
      product: null,
      productUnknown: true,
      coveredBy: 'Pulse',
    });
  });

  it('is not covered for a named product by the licences of another', () => {
    const both = {
      ...covered,
      licences: [...covered.licences, licence('user', 1, '2026-01-01', null, { product: 'Quartz' })],
    };
    expect(judgeEntitlement(both, noon('2026-03-01'), 'Quartz', policy)).toMatchObject({
      kind: 'lapsed',
      endedOn: null,
    });
    expect(judgeEntitlement(both, noon('2026-03-01'), null, policy).kind).toBe('entitled');
  });

  it('has premier only on top of another plan', () => {
    const premier: Plan = { kind: 'premier', from: '2026-01-01', to: '2026-12-31' };
    const day = noon('2026-03-01');
    expect(judgeEntitlement({ ...covered, plans: [premier] }, day, null, policy).kind).toBe('lapsed');
    expect(judgeEntitlement({ ...covered, plans: [premier, standard] }, day, null, policy)).toMatchObject({
      plan: 'premier',
      base: 'standard',
    });
    const round: Plan = { ...standard, kind: '24x7' };
    expect(judgeEntitlement({ ...covered, plans: [standard, premier, round] }, day, null, policy)).toMatchObject({
      plan: 'premier',
      base: '24x7',
    });
  });
});

describe('a site with fewer support than user licences', () => {
  it('is under-covered, with both numbers', () => {
    const few = { ...covered, licences: [...covered.licences, licence('user', 3, '2026-02-01', null)] };
    expect(judgeEntitlement(few, noon('2026-03-01'), null, policy)).toMatchObject({
      kind: 'under-covered',
      users: 8,
      support: 5,
    });
  });

  it('is entitled where another product is covered and none was named', () => {
    const licences = [
      ...covered.licences,
      licence('user', 9, '2026-01-01', null, { product: 'Atlas' }),
      licence('support', 1, '2026-01-01', null, { product: 'Atlas' }),
    ];
    expect(judgeEntitlement({ ...covered, licences }, noon('2026-03-01'), null, policy)).toMatchObject({
      kind: 'entitled',
      coveredBy: 'Pulse',
    });
    expect(judgeEntitlement({ ...covered, licences }, noon('2026-03-01'), 'Atlas', policy).kind).toBe('under-covered');
  });

  it('is lapsed, not under-covered, where there is no support licence at all', () => {
    const bare = { ...covered, licences: [licence('user', 3, '2026-02-01', null)] };
    expect(judgeEntitlement(bare, noon('2026-03-01'), null, policy)).toMatchObject({ kind: 'lapsed', endedOn: null });
  });
});

describe('a trial', () => {
  const trial = {
    ...covered,
    plans: [],
    licences: [licence('trial', 1, '2026-02-01', null, { registeredOn: '2026-03-01' })],
  };
  it('covers thirty days from its registration, as standard, severity 3 and 4', () => {
    expect(judgeEntitlement(trial, noon('2026-02-28'), null, policy).kind).toBe('lapsed');
    expect(judgeEntitlement(trial, noon('2026-03-30'), null, policy)).toMatchObject({
      kind: 'trial',
      plan: 'standard',
      severities: [3, 4],
      until: '2026-03-30',
    });
  });
  it('earns no grace, and its last day is told', () => {
    expect(judgeEntitlement(trial, noon('2026-03-31'), null, policy)).toMatchObject({
      kind: 'lapsed',
      endedOn: '2026-03-30',
    });
  });
  it('ends with its licence where that is earlier', () => {
    const short = {
      ...trial,
      licences: [licence('trial', 1, '2026-02-01', '2026-03-15', { registeredOn: '2026-03-01' })],
    };
    expect(judgeEntitlement(short, noon('2026-03-15'), null, policy)).toMatchObject({
      kind: 'trial',
      until: '2026-03-15',
    });
    expect(judgeEntitlement(short, noon('2026-03-16'), null, policy)).toMatchObject({ kind: 'lapsed' });
  });
  it('covers nothing until it is registered', () => {
    const idle = { ...trial, licences: [licence('trial', 1, '2026-02-01', null)] };
    expect(judgeEntitlement(idle, noon('2026-03-05'), null, policy)).toMatchObject({ kind: 'lapsed', endedOn: null });
  });
});

describe('grace', () => {
  it('serves severity 1 and 2 up to the fourteenth day, by the plan as it stood', () => {
    const last = judgeEntitlement(covered, noon('2026-07-14'), 'Pulse', policy);
    expect(last).toEqual({
      kind: 'grace',
      day: '2026-07-14',
      product: 'Pulse',
      productUnknown: false,
      endedOn: '2026-06-30',
      untilDay: { 1: '2026-07-14', 2: '2026-07-14' },
      plan: 'standard',
      base: 'standard',
    });
    expect([1, 2, 3, 4].map((severity) => serves(last, severity as 1 | 2 | 3 | 4))).toEqual([true, true, false, false]);
    expect(judgeEntitlement(covered, noon('2026-07-15'), null, policy)).toMatchObject({
      kind: 'lapsed',
      endedOn: '2026-06-30',
    });
  });

  it('follows the policy a severity at a time', () => {
    const own = { ...policy, graceDays: { 1: 20, 3: 5 } };
    expect(judgeEntitlement(covered, noon('2026-07-10'), null, own)).toMatchObject({
      kind: 'grace',
      untilDay: { 1: '2026-07-20' },
    });
    expect(judgeEntitlement(covered, noon('2026-07-05'), null, own)).toMatchObject({
      untilDay: { 1: '2026-07-20', 3: '2026-07-05' },
    });
  });
});

describe('against counting day by day', () => {
  const start = Temporal.PlainDate.from('2026-01-01');
  const day = (offset: number) => start.add({ days: offset }).toString();
  const span = fc.tuple(fc.nat(60), fc.nat(40)).map(([from, length]) => ({ from: day(from), to: day(from + length) }));
  const plans = fc.array(
    fc.tuple(fc.constantFrom('standard', '24x7', 'premier'), span).map(([kind, days]): Plan => ({ kind, ...days })),
    { maxLength: 4 },
  );
  const licences = fc.array(
    fc
      .tuple(
        fc.constantFrom<LicenceKind>('user', 'support'),
        fc.nat(3),
        span,
        fc.boolean(),
        fc.constantFrom('Pulse', 'Quartz'),
      )
      .map(([kind, quantity, days, endless, product]) =>
        licence(kind, quantity, days.from, endless && kind === 'user' ? null : days.to, { product }),
      ),
    { maxLength: 8 },
  );
  const within = (one: { from: string; to: string | null }, on: string) => one.from <= on && (one.to ?? '9999') >= on;
  const sum = (all: readonly Licence[], kind: LicenceKind, product: string, on: string) =>
    all.reduce((n, one) => n + (one.kind === kind && one.product === product && within(one, on) ? one.quantity : 0), 0);

  it('agrees on the kind of cover and on the last covered day', () => {
    fc.assert(
      fc.property(
        plans,
        licences,
        fc.nat(110),
        fc.constantFrom(null, 'Pulse'),
        (somePlans, someLicences, today, named) => {
          const on = day(today);
          const has = someLicences.some((one) => one.product === named && one.from <= on);
          const products = has ? ['Pulse'] : ['Pulse', 'Quartz'];
          const coverOn = (date: string): 'entitled' | 'under-covered' | null => {
            if (!somePlans.some((plan) => plan.kind !== 'premier' && within(plan, date))) return null;
            const pairs = products
              .map(
                (product) =>
                  [sum(someLicences, 'user', product, date), sum(someLicences, 'support', product, date)] as const,
              )
              .filter(([users, support]) => users > 0 && support > 0);
            if (pairs.length === 0) return null;
            return pairs.some(([users, support]) => support >= users) ? 'entitled' : 'under-covered';
          };
          let last: string | null = null;
          for (let back = today - 1; back >= 0 && last === null; back -= 1) if (coverOn(day(back))) last = day(back);

          const material = { site: { timezone: 'UTC' }, plans: somePlans, licences: someLicences };
          const judged = judgeEntitlement(material, noon(on), named, policy);
          const now = coverOn(on);
          if (now !== null) {
            expect(judged.kind).toBe(now);
            return;
          }
          const inGrace = last !== null && Temporal.PlainDate.from(last).until(on).days <= 14;
          expect(judged).toMatchObject({ kind: inGrace ? 'grace' : 'lapsed', endedOn: last });
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the day of an instant', () => {
  it('is the day in the site’s time zone', () => {
    expect(dayAt('2026-03-01T20:00:00Z', 'Asia/Tokyo')).toBe('2026-03-02');
    expect(dayAt('2026-03-01T03:00:00Z', 'America/New_York')).toBe('2026-02-28');
  });
});
