import { beforeAll, describe, expect, it } from 'vitest';
import { atRest, inWords, killRun } from './support/kills.ts';
import { noticePromises, noticesInWords, noticesRun } from './support/notices-killed.ts';
import { brokenOf, promises } from './support/promises.ts';

const mails = Number(process.env.KILL_MAILS ?? 5_000);
const kills = Number(process.env.KILL_TIMES ?? 100);

describe.each(['postgres', 'redis'] as const)(
  `two instances with their queues in %s, over ${mails} mails and ${kills} kills`,
  (backend) => {
    let done: Awaited<ReturnType<typeof killRun>>;
    beforeAll(async () => {
      const run = { mails, kills, backend };
      done = await killRun(run);
      console.info(inWords(run, done));
    }, 1_200_000);

    it.each(Object.entries(promises))('%s: %s', (promise) => {
      expect(brokenOf(promise, done.broken)).toEqual([]);
    });

    it('lost processes of every kind', () => {
      expect(done.figures.kills).toBeGreaterThanOrEqual(kills);
      for (const times of Object.values(done.figures.killsOf)) expect(times).toBeGreaterThan(0);
    });

    it('I10: a mailbox is taken over within 15 s of the kill, mails and letters within 90 s', () => {
      const { mailbox, intake, outbound } = done.figures.takeovers;
      expect(mailbox.times * intake.times * outbound.times).toBeGreaterThan(0);
      expect(mailbox.worst).toBeLessThan(atRest(15));
      expect(intake.worst).toBeLessThan(atRest(90));
      expect(outbound.worst).toBeLessThan(atRest(90));
    });
  },
);

describe('letters about what ends', () => {
  const run = { notices: Number(process.env.KILL_NOTICES ?? 20_000), kills: Number(process.env.KILL_TIMES ?? 40) };
  let done: Awaited<ReturnType<typeof noticesRun>>;
  beforeAll(async () => {
    done = await noticesRun(run);
    console.info(noticesInWords(run, done));
  }, 3_600_000);

  it.each(Object.entries(noticePromises))('%s: %s', (promise) => {
    expect(brokenOf(promise, done.broken)).toEqual([]);
  });

  it('are not lost by a kill', () => {
    const { scheduler, outbound } = done.figures.killsOf;
    expect(brokenOf('I1', done.broken)).toEqual([]);
    expect(scheduler + outbound).toBeGreaterThanOrEqual(run.kills);
    expect(Math.min(scheduler, outbound)).toBeGreaterThan(0);
  });
});
