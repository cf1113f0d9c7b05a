/** The servers that the contract of the queues is run on. */
import { Redis } from 'ioredis';
import pg from 'pg';
import { migrateQueues } from '../../src/queues/server/schema.ts';
import type { QueueServer } from './queue-backend.ts';
import { ownPostgres, ownRedis } from './servers.ts';

/** A Redis of its own, set up as Postern asks. */
export async function onRedis(): Promise<QueueServer> {
  const server = await ownRedis();
  return {
    server,
    urls: (port) => ({ redisUrl: `redis://127.0.0.1:${port}`, databaseUrl: 'postgres://127.0.0.1:1/unused' }),
    async lose() {
      const redis = new Redis(server.port, '127.0.0.1');
      await redis.flushall();
      redis.disconnect();
    },
  };
}

const url = (port: number) => `postgres://postgres@127.0.0.1:${port}/postgres`;

/** A PostgreSQL of its own with the tables of the queues. */
export async function onPostgres(): Promise<QueueServer> {
  const server = await ownPostgres();
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: url(server.port) });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      // Left open it would end with its server, as an error that nobody catches.
      await client.end();
    }
  };
  /** The queues are at work meanwhile and lock their tables in an order of their own: who is chosen to end a deadlock tries again. */
  const askUntilTaken = async (sql: string, more = 20): Promise<void> => {
    try {
      await ask(sql);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === '40P01' && more > 0)) throw error;
      await askUntilTaken(sql, more - 1);
    }
  };
  await Promise.all([1, 2, 3, 4].map(() => migrateQueues(url(server.port))));
  return {
    server,
    urls: (port) => ({ redisUrl: null, databaseUrl: url(port) }),
    async lose() {
      const tables = await ask(
        "select tablename from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'",
      );
      await askUntilTaken(`truncate ${tables.map((row) => `bullmq."${row.tablename}"`).join(', ')}`);
    },
  };
}
