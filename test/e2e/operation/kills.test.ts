import { beforeAll, describe, expect, it } from 'vitest';
import { atRest, inWords, killRun } from '../../long/support/kills.ts';
import { brokenOf, promises } from '../../long/support/promises.ts';

const run = {
  mails: Number(process.env.KILL_MAILS ?? 90),
  kills: Number(process.env.KILL_TIMES ?? 7),
  backend: process.env.KILL_BACKEND === 'redis' ? 'redis' : 'postgres',
  // How soon what was left comes back is measured by the long run.
  hurry: 'all',
} as const;

describe(`two instances killed ${run.kills} times over ${run.mails} mails`, () => {
  let done: Awaited<ReturnType<typeof killRun>>;
  beforeAll(async () => {
    done = await killRun(run);
    console.info(inWords(run, done));
  }, 400_000);

  it.each(Object.entries(promises))('%s: %s', (promise) => {
    expect(brokenOf(promise, done.broken)).toEqual([]);
  });

  it('lost processes of every kind', () => {
    expect(done.figures.kills).toBeGreaterThanOrEqual(run.kills);
    for (const times of Object.values(done.figures.killsOf)) expect(times).toBeGreaterThan(0);
  });

  it('I10: a mailbox is taken over within 15 s of the kill', () => {
    expect(done.figures.takeovers.mailbox.times).toBeGreaterThan(0);
    expect(done.figures.takeovers.mailbox.worst).toBeLessThan(atRest(15));
  });
});
