import { Redis } from 'ioredis';
import pg from 'pg';
import { Failure } from '../../foundation/failure.ts';
import { outsideFault, sayFault, triedUrl } from '../../foundation/faults/outside-fault.ts';
import { queueSchema } from './connection.ts';

const wait = 4_000;

/** RELIABILITY, Habits: a Redis that may drop keys, or forgets them on a restart, loses jobs until the sweeper comes. */
export async function checkRedis(url: string): Promise<string[]> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: wait,
    commandTimeout: wait,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // What connect() fails with is only that the connection is closed; why stands in the last error.
  let last: unknown = null;
  redis.on('error', (error) => {
    last = error;
  });
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    return [sayFault(outsideFault(last ?? error, triedUrl('redis', 'REDIS_URL', url)))];
  }
  try {
    const setting = async (name: string) => {
      const [, value] = (await redis.config('GET', name)) as string[];
      if (value === undefined) throw new Failure('queue-away', 'CONFIG GET answers nothing');
      return value;
    };
    const problems: string[] = [];
    if ((await setting('maxmemory-policy')) !== 'noeviction')
      problems.push('Redis may drop jobs when its memory is full: set maxmemory-policy noeviction');
    if ((await setting('appendonly')) !== 'yes')
      problems.push('Redis forgets jobs when it restarts: set appendonly yes');
    return problems;
  } catch {
    return ['Redis refuses CONFIG, so maxmemory-policy noeviction and appendonly yes could not be checked (warning)'];
  } finally {
    redis.disconnect();
  }
}

/** Whether BullMQ's tables are there, and whether a transaction pooler swallows the LISTEN that workers wake by. */
export async function checkPostgres(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: wait,
    query_timeout: wait,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const problems: string[] = [];
    const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
      `${queueSchema}.job`,
    ]);
    if (!rows[0]?.there) problems.push('The tables of the queues are missing: run postern migrate');
    const notified = new Promise<void>((resolve) => client.once('notification', () => resolve()));
    await client.query('listen postern_queue_check');
    await client.query('notify postern_queue_check');
    const heard = await Promise.race([
      notified.then(() => true),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), 1_000).unref()),
    ]);
    if (!heard)
      problems.push(
        'PostgreSQL does not pass on NOTIFY, so jobs wait up to 5 s: no transaction pooler may stand in between',
      );
    return problems;
  } catch (error) {
    return [sayFault(outsideFault(error, triedUrl('postgres', 'DATABASE_URL', databaseUrl)))];
  } finally {
    await client.end().catch(() => {});
  }
}
