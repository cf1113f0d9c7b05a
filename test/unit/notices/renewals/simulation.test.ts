import { expect, it } from 'vitest';
import { skipReasons } from '../../../../src/notices/renewals/ladder.ts';
import { compareSites, mustBeSeen } from '../../../support/renewals/compare.ts';

it('three years of 150 sites in twelve zones come to the letters that a second program expects, none twice', () => {
  const { differences, counts } = compareSites(0, 150);
  expect(differences).toEqual([]);
  // What is renewed has no steps by the time they would go out.
  const reasons = skipReasons.filter((reason) => reason !== 'renewed').map((reason) => `skipped: ${reason}`);
  expect([...mustBeSeen, ...reasons].filter((what) => !counts.has(what))).toEqual([]);
});
