import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeEntitlement } from '../../../../src/registry/entitlement.ts';
import { type ContractTried, withContract } from '../../../../src/registry/licences/contract-tried.ts';
import { planKinds } from '../../../../src/registry/site.ts';
import { defaultRegistryPolicy as policy } from '../../../support/default-policies.ts';
import { sites } from '../../../support/world.ts';

const [aldous] = sites;
if (!aldous) throw new Error('there is no site');
const bare = { ...aldous, plans: [], licences: [] };
const judged = (site: typeof aldous, tried: ContractTried, at: string) =>
  judgeEntitlement(withContract(site, tried, 'Vault'), at, null, policy);

describe('a site with another contract', () => {
  it.each(planKinds)('is entitled within %s, whatever it has bought', (kind) => {
    for (const site of [aldous, bare])
      expect(judged(site, { kind, from: '2026-01-01', to: '2026-12-31' }, '2026-06-01T12:00:00Z')).toMatchObject({
        kind: 'entitled',
        plan: kind,
      });
  });

  it('has no support without a plan', () => {
    for (const site of [aldous, bare])
      expect(judged(site, { kind: 'none' }, '2026-06-01T12:00:00Z').kind).toBe('lapsed');
  });

  it('is served on its days and is not long after them', () => {
    const days = fc.integer({ min: 0, max: 3000 }).map((n) => Temporal.PlainDate.from('2022-01-01').add({ days: n }));
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 400 }), fc.integer({ min: -300, max: 700 }), (from, length, off) => {
        const to = from.add({ days: length });
        const at = from.add({ days: off });
        const { kind } = judged(
          aldous,
          { kind: 'standard', from: from.toString(), to: to.toString() },
          `${at}T12:00:00Z`,
        );
        const within = Temporal.PlainDate.compare(at, from) >= 0 && Temporal.PlainDate.compare(at, to) <= 0;
        if (within) expect(kind).toBe('entitled');
        else expect(['lapsed', 'grace']).toContain(kind);
      }),
    );
  });
});
