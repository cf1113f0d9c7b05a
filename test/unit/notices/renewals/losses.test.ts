import { describe, expect, it } from 'vitest';
import { contractsOf } from '../../../../src/notices/renewals/contracts.ts';
import { graceOf, lossesOf } from '../../../../src/notices/renewals/losses.ts';
import type { Licence, Plan } from '../../../../src/registry/site.ts';
import { defaultRegistryPolicy as policy } from '../../../support/default-policies.ts';

const licence = (kind: Licence['kind'], to: string, more: Partial<Licence> = {}): Licence => ({
  ...{ number: `${kind}-${to}`, product: 'Vault', kind, quantity: 50, from: '2026-01-01', to, registeredOn: null },
  ...more,
});
const plan = (kind: Plan['kind'], to: string): Plan => ({ kind, from: '2026-01-01', to });
const late = '2036-12-31';
const ends = '2027-06-30';
const users = licence('user', late);
const lost = (plans: Plan[], licences: Licence[]) => {
  const bought = { plans, licences };
  const items = contractsOf(bought, () => '2026-01-01T00:00:00Z', policy).ending.filter(({ to }) => to < late);
  return lossesOf(bought, items, policy).map(({ from, what, product, plan: of }) =>
    [from, what, product ?? of].filter(Boolean).join(' '),
  );
};

describe('POLICY §10.1: what no longer works', () => {
  it('is support as a whole where the only plan or the only support licence ends, and nothing behind it', () => {
    expect(lost([plan('standard', ends)], [users, licence('support', late)])).toEqual(['2027-07-01 all']);
    expect(lost([plan('standard', late)], [users, licence('support', ends)])).toEqual(['2027-07-01 all']);
    expect(lost([plan('standard', ends)], [users, licence('support', '2027-07-15')])).toEqual(['2027-07-01 all']);
  });

  it('is a product where another one stays covered', () => {
    const forge = { product: 'Forge' };
    const others = [
      licence('user', late, { ...forge, number: 'F' }),
      licence('support', late, { ...forge, number: 'G' }),
    ];
    const licences = [users, licence('support', ends), ...others];
    expect(lost([plan('standard', late)], licences)).toEqual(['2027-07-01 product Vault']);
  });

  it('is that there are fewer support than user licences', () => {
    const licences = [users, licence('support', ends, { quantity: 20 }), licence('support', late, { quantity: 30 })];
    expect(lost([plan('standard', late)], licences)).toEqual(['2027-07-01 fewer Vault']);
  });

  it('is the response times of a plan where another one goes on', () => {
    const licences = [users, licence('support', late)];
    expect(lost([plan('standard', late), plan('premier', ends)], licences)).toEqual(['2027-07-01 plan premier']);
    expect(lost([plan('standard', late), plan('24x7', ends)], licences)).toEqual(['2027-07-01 plan 24x7']);
    expect(lost([plan('24x7', late), plan('standard', ends)], licences)).toEqual([]);
  });

  it('is nothing where nothing was covered before', () => {
    expect(lost([plan('standard', ends)], [licence('support', ends)])).toEqual([]);
  });

  it('comes in the order of its days', () => {
    const licences = [users, licence('support', '2027-07-20')];
    expect(lost([plan('standard', late), plan('premier', ends)], licences)).toEqual([
      '2027-07-01 plan premier',
      '2027-07-21 all',
    ]);
  });
});

describe('POLICY §2.5: grace', () => {
  const bought = { plans: [plan('standard', ends)], licences: [users, licence('support', late)] };

  it('is told with its severities and last day, as long as it is not over', () => {
    expect(graceOf(bought, '2027-07-01', '2027-06-01', policy)).toEqual({ severities: [1, 2], until: '2027-07-14' });
    expect(graceOf(bought, '2027-07-01', '2027-07-14', policy)?.until).toBe('2027-07-14');
    expect(graceOf(bought, '2027-07-01', '2027-07-15', policy)).toBeNull();
  });

  it('is none where the policy has none', () => {
    expect(graceOf(bought, '2027-07-01', '2027-06-01', { ...policy, graceDays: {} })).toBeNull();
  });
});
