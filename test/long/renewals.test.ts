/** POLICY §10.1–3: three years of 10,000 sites in memory, each step as a second, simpler program expects it. */
import { expect, test } from 'vitest';
import { compareSites } from '../support/renewals/compare.ts';

const sites = 10_000;

test('§10.1 three years of 10,000 sites come to the letters that a second program expects, none twice', () => {
  const { differences, counts } = compareSites(1_000, sites);
  const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `  ${what}: ${count}`);
  console.log([`${sites} sites, three years; ${differences.length} differences`, ...lines].join('\n'));
  expect(differences.slice(0, 20)).toEqual([]);
  expect(counts.get('letters')).toBeGreaterThan(sites);
});
