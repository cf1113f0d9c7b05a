import pg from 'pg';
import { expect, it } from 'vitest';
import { migrateQueues } from '../../src/queues/schema.ts';
import { queueBackendContract } from './queue-backend.ts';
import { ownPostgres } from './servers.ts';

const url = (port: number) => `postgres://postgres@127.0.0.1:${port}/postgres`;

queueBackendContract('PostgreSQL', async () => {
  const server = await ownPostgres();
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: url(server.port) });
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  };
  await Promise.all([1, 2, 3, 4].map(() => migrateQueues(url(server.port))));
  return {
    server,
    urls: (port) => ({ redisUrl: null, databaseUrl: url(port) }),
    async lose() {
      const tables = await ask(
        "select tablename from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'",
      );
      await ask(`truncate ${tables.map((row) => `bullmq."${row.tablename}"`).join(', ')}`);
    },
  };
});

it('says that the database is away when the tables of the queues cannot be made', async () => {
  await expect(migrateQueues(url(1))).rejects.toMatchObject({ code: 'database-away' });
});
