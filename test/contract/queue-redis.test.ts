import { afterEach, describe, expect, it } from 'vitest';
import { type Log, silentLog } from '../../src/foundation/log.ts';
import { openQueueBackend } from '../../src/queues/backend.ts';
import type { QueueBackend } from '../../src/queues/types.ts';
import { startRedis, type TestRedis } from '../support/servers/redis.ts';
import { queueBackendContract } from './queue-backend.ts';
import { onRedis } from './queue-servers.ts';

queueBackendContract('Redis', onRedis);

const sleep = (ms: number) => new Promise((next) => setTimeout(next, ms));
async function until(what: string, true_: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await true_())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(30);
  }
}

describe('a Redis with other settings', () => {
  let redis: TestRedis;
  let at: QueueBackend;
  const words: string[] = [];
  const warn: Log['warn'] = (_fields, message) => words.push(message);
  const open = (tuning = {}) => {
    words.length = 0;
    at = openQueueBackend({ redisUrl: redis.url, databaseUrl: '', log: { ...silentLog, warn }, tuning });
  };
  const consume = (seen: string[] = []) =>
    at.consume(
      'intake',
      async (job) => {
        if (job.kind === 'mail') seen.push(job.mail);
        return 'done';
      },
      { concurrency: 2, onSilence: () => {} },
    );
  const add = (from: number, to: number) => {
    const rows = Array.from({ length: to - from }, (_, i) => `m${from + i}`);
    return at.producer().addMany(rows.map((row) => ({ queue: 'intake', row, fence: '1' }) as const));
  };
  afterEach(async () => {
    await at.close();
    await redis.stop();
  });

  it('is told of when the first worker starts: it may drop jobs, and forgets them on a restart', async () => {
    redis = await startRedis({ appendonly: 'no', 'maxmemory-policy': 'allkeys-lru' });
    open();
    await at.producer().addMany([{ queue: 'intake', row: 'a', fence: '1' }]);
    consume();
    at.consume('upkeep', async () => 'done', { concurrency: 1, onSilence: () => {} });
    const told = () => words.filter((word) => /set (maxmemory-policy noeviction|appendonly yes)$/.test(word));
    await until('both are told', () => told().length === 2);
    await sleep(300);
    expect(told()).toHaveLength(2);
    expect(await at.check()).toEqual(told());
  });

  it('that refuses CONFIG is a warning, and is worked with', async () => {
    redis = await startRedis();
    redis.command('acl', 'setuser', 'default', '-config');
    open();
    const seen: string[] = [];
    consume(seen);
    await add(0, 1);
    await until('it came', () => seen.length === 1);
    await until('it is told', () => words.some((word) => word.includes('refuses CONFIG')));
    expect(await at.check()).toEqual([expect.stringContaining('(warning)')]);
  });

  it('that is full takes no more, loses nothing and goes on when there is room', async () => {
    redis = await startRedis();
    open({ pauseAfterError: 200 });
    await add(0, 100);
    const used = Number(/used_memory:(\d+)/.exec(redis.command('info', 'memory'))?.[1]);
    redis.command('config', 'set', 'maxmemory', String(used + 300_000));
    let taken = 100;
    const filling = (async () => {
      for (;;) {
        await add(taken, taken + 50);
        taken += 50;
      }
    })();
    await expect(filling).rejects.toMatchObject({ code: 'queue-away' });
    const seen: string[] = [];
    const worker = consume(seen);
    await sleep(1_000);
    // What was refused may be there in part: it is handed in again, as the relay does.
    redis.command('config', 'set', 'maxmemory', '0');
    await worker.ready;
    await add(taken, taken + 50);
    taken += 50;
    await until('all came', () => new Set(seen).size === taken, 20_000);
    expect(seen).toHaveLength(taken);
    expect((await at.counts()).intake).toMatchObject({ waiting: 0, failed: 0 });
  });

  it('that is full of completed jobs is cleared by the workers themselves', async () => {
    redis = await startRedis();
    open({ pauseAfterError: 200, scheduleCheck: 500, keepCompleted: 500 });
    const seen: string[] = [];
    const worker = consume(seen);
    await add(0, 400);
    await until('all came', () => seen.length === 400);
    redis.command('config', 'set', 'maxmemory', '1');
    // Its ticks are gone too, and cannot be set up before there is room.
    redis.command('del', 'postern:intake:repeat');
    // Room for what is new is nowhere but in what is old.
    const kept = async () => (await at.boardQueues()[0]?.getCompleted())?.filter((job) => job.name === 'mail').length;
    await until('they are gone', async () => (await kept()) === 0);
    redis.command('config', 'set', 'maxmemory', '0');
    await worker.ready;
  });
});
