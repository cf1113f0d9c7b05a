import { describe, expect, it } from 'vitest';
import { atRest, inWords, killRun } from './kills.ts';

const mails = Number(process.env.KILL_MAILS ?? 5_000);
const kills = Number(process.env.KILL_TIMES ?? 100);

describe.each(['postgres', 'redis'] as const)('two instances with their queues in %s', (backend) => {
  it(`keep every promise over ${mails} mails and ${kills} kills`, async () => {
    const run = { mails, kills, backend };
    const done = await killRun(run);
    console.info(inWords(run, done));
    expect(done.broken).toEqual([]);
    expect(done.figures.kills).toBeGreaterThanOrEqual(kills);
    expect(done.figures.worstMailbox).toBeLessThan(atRest(15));
    expect(done.figures.worstMailClaim).toBeLessThan(atRest(90));
  });
});
