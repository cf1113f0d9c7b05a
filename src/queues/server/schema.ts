import { runMigrations } from 'bullmq';
import pg from 'pg';
import { Failure } from '../../foundation/failure.ts';
import { queueSchema } from './connection.ts';

/**
 * Brings BullMQ's tables up to date, in the schema `bullmq` of the same database. Any number of processes may do it at
 * once: BullMQ holds an advisory lock and does all of it in one transaction. Fails with `database-away`.
 */
export async function migrateQueues(databaseUrl: string): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await runMigrations(client, queueSchema);
  } catch (error) {
    throw new Failure('database-away', 'the tables of the queues could not be brought up to date', { cause: error });
  } finally {
    await client.end().catch(() => {});
  }
}
