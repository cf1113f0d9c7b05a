import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readableTimes, utc, utcOr } from '../../../src/cli/output/times.ts';

it('shows a moment to the minute, in UTC, whatever way it was written', () => {
  const same = ['2026-11-24T17:00:59.123456+00:00', '2026-11-24T18:00:01+01:00', '2026-11-24T17:00:00Z'];
  expect(same.map(utc)).toEqual(Array(3).fill('2026-11-24 17:00 UTC'));
  expect([utcOr(null, 'none'), utcOr('2026-11-24T17:00:00Z', '')]).toEqual(['none', '2026-11-24 17:00 UTC']);
});

it('shows moments within a sentence so, and leaves days and other text alone', () => {
  expect(readableTimes('due 2026-11-24T17:00:00.5+00:00 (24x7), ended on 2026-10-31')).toBe(
    'due 2026-11-24 17:00 UTC (24x7), ended on 2026-10-31',
  );
  expect(readableTimes('from 2026-11-24T17:00:00+00 until 2026-11-24T19:30+0200')).toBe(
    'from 2026-11-24 17:00 UTC until 2026-11-24 17:30 UTC',
  );
  expect(readableTimes('item 2026-11-24Tx')).toBe('item 2026-11-24Tx');
});

it('is the only place of the command line that cuts a moment into shape', () => {
  const folder = resolve(import.meta.dirname, '../../../src/cli');
  const cuts = globSync('*.ts', { cwd: folder }).filter(
    (file) =>
      file !== 'times.ts' &&
      /toISOString\(\)\.slice\(0, 1[69]\)|toLocale(?:Time|Date)String|replace\('T', ' '\)/.test(
        readFileSync(resolve(folder, file), 'utf8'),
      ),
  );
  expect(cuts).toEqual([]);
});
