/** POLICY §10, RELIABILITY I3: schedulers and outbound workers are killed while letters about what ends go out; 20,000 in `npm run kills`. */
import { beforeAll, expect, it } from 'vitest';
import { noticePromises, noticesInWords, noticesRun } from '../../long/support/notices-killed.ts';
import { brokenOf } from '../../long/support/promises.ts';

const run = { notices: 300, kills: 6, hurry: true, patience: 60 };
let done: Awaited<ReturnType<typeof noticesRun>>;
beforeAll(async () => {
  done = await noticesRun(run);
  console.info(noticesInWords(run, done));
});

it.each(Object.entries(noticePromises))('%s: %s', (promise) => {
  expect(brokenOf(promise, done.broken)).toEqual([]);
});

it('loses none, and processes of both kinds were killed', () => {
  expect(brokenOf('I1', done.broken)).toEqual([]);
  expect(Math.min(done.figures.killsOf.scheduler, done.figures.killsOf.outbound)).toBeGreaterThan(0);
});
