import { describe, expect, it } from 'vitest';
import { contractsOf } from '../../../../src/notices/renewals/contracts.ts';
import { isRenewed } from '../../../../src/notices/renewals/renewed.ts';
import type { Licence, Plan } from '../../../../src/registry/site.ts';
import { defaultRegistryPolicy } from '../../../support/default-policies.ts';
import { licence, plan } from '../../../support/renewals/sites.ts';

/** Of the first that ends, on a day; the last one of the year ends on 31 March 2027. */
const renewed = (licences: readonly Licence[], plans: readonly Plan[] = [], day = '2027-01-15'): boolean => {
  const contracts = contractsOf({ licences, plans }, () => '2026-01-01T00:00:00Z', defaultRegistryPolicy);
  const [ended] = contracts.ending;
  if (!ended) throw new Error('nothing ends');
  return isRenewed(ended, contracts, day);
};
const old = licence('L-1', '2026-04-01', '2027-03-31');
const users = licence('U-1', '2020-01-01', null, { kind: 'user' });

describe('POLICY §10.3: a support licence is renewed', () => {
  it.each<[boolean, string, Licence[]]>([
    [false, 'by nothing', []],
    [true, 'by one that begins the day after', [licence('L-2', '2027-04-01', '2028-03-31')]],
    [true, 'by one for another time', [licence('L-2', '2027-04-01', '2027-04-20')]],
    [true, 'whatever the case of the product', [licence('L-2', '2027-04-01', null, { product: 'VAULT' })]],
    [
      true,
      'by several together',
      [licence('L-2', '2027-04-01', null, { quantity: 4 }), licence('L-3', '2027-03-01', null, { quantity: 6 })],
    ],
    [false, 'by fewer', [licence('L-2', '2027-04-01', '2028-03-31', { quantity: 9 })]],
    [false, 'by another product', [licence('L-2', '2027-04-01', '2028-03-31', { product: 'Forge' })]],
    [
      false,
      'by a user licence or a trial',
      [
        licence('L-2', '2027-04-01', null, { kind: 'user' }),
        licence('L-3', '2027-04-01', null, { kind: 'trial', registeredOn: '2027-04-01' }),
      ],
    ],
    [false, 'by one that begins a day later', [licence('L-2', '2027-04-02', '2028-04-01')]],
    [false, 'by one that ends on the same day', [licence('L-2', '2026-10-01', '2027-03-31')]],
    [false, 'by one that ran beside it all the time', [licence('L-2', '2026-01-01', '2027-12-31')]],
    [
      true,
      'by one beside it and another one',
      [licence('L-2', '2026-01-01', '2027-12-31'), licence('L-3', '2027-04-01', null)],
    ],
  ])('%s: %s', (is, _, others) => {
    expect(renewed([old, ...others, users])).toBe(is);
  });

  it('by one that was bought while it ran, where that is enough for all users', () => {
    const early = licence('L-2', '2027-02-10', '2028-02-09');
    expect(renewed([old, early, users])).toBe(true);
    expect(renewed([old, { ...early, quantity: 9 }, users])).toBe(false);
  });

  it('not by support for further users that came on top', () => {
    const onTop = licence('L-2', '2026-09-01', '2027-08-31');
    const further = licence('U-2', '2026-09-01', null, { kind: 'user' });
    expect(renewed([old, onTop, users, further])).toBe(false);
    expect(renewed([old, onTop, users, further, licence('L-3', '2027-04-01', null)])).toBe(true);
  });

  it('after a gap, from the day on which cover begins again, whatever comes later', () => {
    const late = licence('L-2', '2027-04-20', '2027-05-01');
    for (const [day, is] of [
      ['2027-04-01', false],
      ['2027-04-19', false],
      ['2027-04-20', true],
      ['2027-06-01', true],
    ] as const)
      expect(renewed([old, late, users], [], day)).toBe(is);
  });
});

describe('POLICY §10.3: a support licence that people were told of, and that is on record no more with that end', () => {
  const of = (licences: readonly Licence[]) =>
    contractsOf({ licences, plans: [] }, () => '2026-01-01T00:00:00Z', defaultRegistryPolicy);
  const [told] = of([old]).ending;
  it.each<[boolean, string, Licence[]]>([
    [false, 'taken off the record', []],
    [false, 'of none any more', [{ ...old, quantity: 0 }]],
    [false, 'with an earlier end', [{ ...old, to: '2026-12-31' }]],
    [false, 'taken off beside one that ran all the time', [licence('L-2', '2026-01-01', '2027-12-31')]],
    [true, 'with a later end', [{ ...old, to: '2028-03-31' }]],
    [true, 'taken off for another one, from the day after', [licence('L-2', '2027-04-01', '2028-03-31')]],
  ])('is renewed, %s: %s', (is, _, licences) => {
    expect(told && isRenewed(told, of([...licences, users]), '2027-01-15')).toBe(is);
  });
});

describe('POLICY §10.3: a plan is renewed', () => {
  const of = (kind: Plan['kind'], ...others: Plan[]) =>
    renewed([], [plan(kind, '2026-04-01', '2027-03-31'), ...others]);
  const next = (kind: Plan['kind']) => plan(kind, '2027-04-01', '2028-03-31');

  it('by the same or a better one', () => {
    expect(of('standard')).toBe(false);
    expect(of('standard', next('standard'))).toBe(true);
    expect(of('standard', next('24x7'))).toBe(true);
    expect(of('24x7', next('24x7'))).toBe(true);
    expect(of('24x7', next('standard'))).toBe(false);
    expect(of('standard', plan('24x7', '2026-01-01', '2027-12-31'))).toBe(true);
    expect(of('standard', plan('standard', '2027-04-02', '2028-03-31'))).toBe(false);
  });

  it('premier only on top of a standard one or 24x7', () => {
    expect(of('premier', next('premier'))).toBe(false);
    expect(of('premier', next('premier'), next('standard'))).toBe(true);
    expect(of('premier', next('24x7'))).toBe(false);
    expect(of('standard', next('premier'))).toBe(false);
    expect(of('24x7', next('premier'), next('standard'))).toBe(false);
  });
});
