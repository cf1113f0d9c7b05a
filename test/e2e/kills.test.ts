import { expect, it } from 'vitest';
import { atRest, inWords, killRun } from '../long/kills.ts';

const run = {
  mails: Number(process.env.KILL_MAILS ?? 120),
  kills: Number(process.env.KILL_TIMES ?? 8),
  backend: process.env.KILL_BACKEND === 'redis' ? 'redis' : 'postgres',
  // How soon what was left comes back is measured by the long run.
  hurry: true,
} as const;

it(`loses none of ${run.mails} mails, doubles none and counts every copy of a letter while two instances are killed ${run.kills} times`, async () => {
  const done = await killRun(run);
  console.info(inWords(run, done));
  expect(done.broken).toEqual([]);
  expect(done.figures.kills).toBeGreaterThanOrEqual(run.kills);
  expect(done.figures.worstMailbox).toBeLessThan(atRest(15));
}, 400_000);
