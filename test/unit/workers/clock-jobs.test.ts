import { describe, expect, it } from 'vitest';
import { amountOf } from '../../../src/flows/upkeep/clock-runs.ts';
import { Failure } from '../../../src/foundation/failure.ts';
import { type Log, silentLog } from '../../../src/foundation/log.ts';
import { type Meter, silentMeter } from '../../../src/foundation/meter.ts';
import { type ClockJob, clockJobs, runClockJobs } from '../../../workers/clock-jobs.ts';

function watched() {
  const said: unknown[] = [];
  const counted: unknown[] = [];
  const log: Log = {
    ...silentLog,
    warn: (fields: unknown) => said.push(['warn', fields]),
    error: (fields: unknown) => said.push(['error', fields]),
  };
  const meter: Meter = { ...silentMeter, count: (name, labels) => counted.push([name, labels]) };
  return { said, counted, log, meter };
}

describe('jobs of the clock', () => {
  it('run each by itself: one that throws is logged and counted, and the others have their turn', async () => {
    const ran: string[] = [];
    const job = (name: string, run: () => Promise<unknown>): ClockJob => ({
      name,
      every: 60_000,
      run: async () => {
        ran.push(name);
        return run();
      },
    });
    const { said, counted, log, meter } = watched();
    const jobs = [
      job('first', async () => {}),
      job('broken', () => Promise.reject(new TypeError('a secret stands here'))),
      job('second', async () => {}),
      {
        name: 'at once',
        every: 60_000,
        run: () => {
          throw new Failure('database-away', 'the database does not answer');
        },
      } satisfies ClockJob,
      job('last', async () => {}),
    ];
    await runClockJobs(jobs, 'clock', { log, meter });
    expect(ran).toEqual(['first', 'broken', 'second', 'last']);
    expect(counted).toEqual([
      ['postern_tick_failures_total', { tick: 'broken' }],
      ['postern_tick_failures_total', { tick: 'at once' }],
    ]);
    expect(said).toMatchObject([
      ['error', { tick: 'broken' }],
      ['warn', { tick: 'at once' }],
    ]);
    expect(JSON.stringify(said)).not.toContain('a secret stands here');
  });

  it('run at their own period', async () => {
    const ran: string[] = [];
    const job = (name: string, every: ClockJob['every']): ClockJob => ({
      name,
      every,
      run: async () => ran.push(name),
    });
    const jobs = [job('often', 30_000), job('seldom', 60_000)];
    const { log, meter } = watched();
    await runClockJobs(jobs, 'sweep', { log, meter });
    expect(ran).toEqual(['often']);
    await runClockJobs(jobs, 'clock', { log, meter });
    expect(ran).toEqual(['often', 'seldom']);
  });

  it('have a name each, by which they are counted', () => {
    const names = clockJobs({ settings: {} } as never).map((one) => one.name);
    expect(names.length).toBeGreaterThan(7);
    expect(new Set(names).size).toBe(names.length);
    // A letter that fails keeps the list of the week from nobody.
    expect(names).toEqual(expect.arrayContaining(['renewals', 'renewals-told']));
  });
});

describe('what the jobs came to', () => {
  it('is kept for the minute: how often they ran does not count, how much they did does', async () => {
    const written: object[] = [];
    const noted: [string, object][] = [];
    const runs = {
      note: (name: string, run: object) => noted.push([name, run]),
      flush: async () => void written.push([...noted]),
    };
    const { log, meter } = watched();
    const jobs: ClockJob[] = [
      { name: 'often', every: 5_000, run: async () => 3 },
      { name: 'seldom', every: 60_000, run: () => Promise.reject(new Failure('database-away', 'away')) },
    ];
    await runClockJobs(jobs, 'cases', { log, meter, runs });
    expect(written).toEqual([]);
    await runClockJobs(jobs, 'clock', { log, meter, runs });
    expect(written).toHaveLength(1);
    expect(noted).toMatchObject([
      ['often', { result: 3 }],
      ['seldom', { failure: expect.any(String) }],
    ]);
  });
  it.each([
    [3, 3],
    [{ mails: 2, letters: 1, says: 'x' }, 3],
    [undefined, 0],
    [['a'], 0],
    [-1, 0],
  ])('%j is so much: %i', (result, amount) => {
    expect(amountOf(result)).toBe(amount);
  });
});
