import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverBegins, nextContractChange } from '../../../src/registry/contract-changes.ts';
import { dayAt, judgeOnDay, type SupportMaterial } from '../../../src/registry/entitlement.ts';
import type { Licence, Plan, PlanKind } from '../../../src/registry/site.ts';
import { defaultRegistryPolicy as policy } from '../../support/default-policies.ts';

const licence = (kind: Licence['kind'], quantity: number, from: string, to: string | null, more = {}): Licence => ({
  number: `${kind}-${from}`,
  product: 'Pulse',
  kind,
  quantity,
  from,
  to,
  registeredOn: null,
  ...more,
});
const plan = (kind: PlanKind, from: string, to: string): Plan => ({ kind, from, to });
const noon = (day: string) => `${day}T12:00:00Z`;

const all = [licence('user', 2, '2026-01-01', null), licence('support', 2, '2026-01-01', '2027-12-31')];
const site = (plans: Plan[], licences = all): SupportMaterial => ({
  site: { timezone: 'America/New_York' },
  plans,
  licences,
});

describe('the next change of a contract', () => {
  it('is the day after a plan ends, as it begins where the site is, with the plan that is left', () => {
    const both = site([plan('24x7', '2026-01-01', '2026-06-30'), plan('standard', '2026-01-01', '2026-12-31')]);
    expect(nextContractChange(both, noon('2026-06-30'), null, policy)).toMatchObject({
      at: '2026-07-01T00:00:00-04:00',
      contract: { kind: 'entitled', plan: 'standard', base: 'standard' },
    });
  });

  it('is the day on which a better one begins', () => {
    const later = site([plan('standard', '2026-01-01', '2026-12-31'), plan('premier', '2026-12-01', '2027-05-31')]);
    const change = nextContractChange(later, noon('2026-06-30'), null, policy);
    expect(change).toMatchObject({ at: '2026-12-01T00:00:00-05:00', contract: { plan: 'premier' } });
    // Premier lasts longer than what is beneath it, and does not count by itself.
    expect(change && nextContractChange(later, change.at, null, policy)).toMatchObject({
      at: '2027-01-01T00:00:00-05:00',
      contract: { kind: 'grace', endedOn: '2026-12-31', plan: 'premier' },
    });
  });

  it('is the end of grace, and then nothing', () => {
    const ends = site([plan('standard', '2026-01-01', '2026-06-30')]);
    const grace = nextContractChange(ends, noon('2026-06-01'), null, policy);
    expect(grace).toMatchObject({ at: '2026-07-01T00:00:00-04:00', contract: { kind: 'grace' } });
    const lapsed = grace && nextContractChange(ends, grace.at, null, policy);
    expect(lapsed).toMatchObject({ at: '2026-07-15T00:00:00-04:00', contract: { kind: 'lapsed' } });
    expect(lapsed && nextContractChange(ends, lapsed.at, null, policy)).toBeNull();
  });

  it('is none where a plan is followed by the same one', () => {
    const renewed = site([plan('standard', '2026-01-01', '2026-06-30'), plan('standard', '2026-07-01', '2026-12-31')]);
    expect(nextContractChange(renewed, noon('2026-06-30'), null, policy)).toMatchObject({
      at: '2027-01-01T00:00:00-05:00',
    });
  });
});

describe('the day on which support begins', () => {
  it('is that of the next plan, trial or licence of the product named', () => {
    const later = site([plan('standard', '2026-08-01', '2027-07-31')]);
    expect(coverBegins(later, noon('2026-06-01'), null, policy)).toBe('2026-08-01');
    expect(coverBegins(later, '2026-08-01T03:59:00Z', null, policy)).toBe('2026-08-01');
    expect(
      coverBegins(
        site([], [licence('trial', 1, '2026-07-01', null, { registeredOn: '2026-07-05' })]),
        noon('2026-06-01'),
        null,
        policy,
      ),
    ).toBe('2026-07-05');
    const other = [
      ...all,
      licence('user', 1, '2026-01-01', null, { product: 'Quartz' }),
      licence('support', 1, '2026-09-01', null, { product: 'Quartz' }),
    ];
    expect(
      coverBegins(site([plan('standard', '2026-01-01', '2027-07-31')], other), noon('2026-06-01'), 'Quartz', policy),
    ).toBe('2026-09-01');
  });

  it('is none where nothing on record begins, and premier alone is nothing', () => {
    expect(
      coverBegins(site([plan('standard', '2026-01-01', '2026-05-31')]), noon('2026-06-01'), null, policy),
    ).toBeNull();
    expect(
      coverBegins(site([plan('premier', '2026-08-01', '2027-07-31')]), noon('2026-06-01'), null, policy),
    ).toBeNull();
  });
});

describe('against looking at each day', () => {
  const start = Temporal.PlainDate.from('2026-01-01');
  const day = (offset: number) => start.add({ days: offset }).toString();
  const span = fc.tuple(fc.nat(60), fc.nat(40)).map(([from, length]) => ({ from: day(from), to: day(from + length) }));
  const plans = fc.array(
    fc.tuple(fc.constantFrom<PlanKind>('standard', '24x7', 'premier'), span).map(([kind, days]) => ({ kind, ...days })),
    { maxLength: 5 },
  );
  const licences = fc.array(
    fc
      .tuple(fc.constantFrom('user', 'support', 'trial'), fc.nat(3), span, fc.constantFrom('Pulse', 'Quartz'))
      .map(([kind, quantity, days, product]) =>
        licence(kind as Licence['kind'], quantity, days.from, kind === 'user' ? null : days.to, {
          product,
          registeredOn: kind === 'trial' ? days.from : null,
        }),
      ),
    { maxLength: 8 },
  );

  it('both are found, and nothing before them', () => {
    fc.assert(
      fc.property(
        plans,
        licences,
        fc.nat(80),
        fc.constantFrom(null, 'Pulse'),
        (somePlans, someLicences, today, named) => {
          const material = site(somePlans, someLicences);
          const on = (offset: number) => judgeOnDay(material, day(offset), named, policy);
          const key = (offset: number) => {
            const judged = on(offset);
            return judged.kind === 'lapsed' ? 'lapsed' : `${judged.kind}/${judged.plan}/${judged.base}`;
          };
          let change: string | null = null;
          let begins: string | null = null;
          for (let ahead = today + 1; ahead < 160; ahead += 1) {
            if (change === null && key(ahead) !== key(today)) change = day(ahead);
            if (begins === null && ['entitled', 'under-covered', 'trial'].includes(on(ahead).kind)) begins = day(ahead);
          }
          const at = `${day(today)}T12:00:00-05:00`;
          const found = nextContractChange(material, at, named, policy);
          expect(found && dayAt(found.at, material.site.timezone)).toBe(change);
          const cover = coverBegins(material, at, named, policy);
          // Covered already, the next day that begins something is later than tomorrow.
          if (!['entitled', 'under-covered', 'trial'].includes(on(today).kind)) expect(cover).toBe(begins);
        },
      ),
      { numRuns: 300 },
    );
  });
});
