import { expect, it } from 'vitest';
import { migrateQueues } from '../../src/queues/server/schema.ts';
import { queueBackendContract } from './queue-backend.ts';
import { onPostgres } from './queue-servers.ts';

queueBackendContract('PostgreSQL', onPostgres);

it('says that the database is away when the tables of the queues cannot be made', async () => {
  await expect(migrateQueues('postgres://postgres@127.0.0.1:1/postgres')).rejects.toMatchObject({
    code: 'database-away',
  });
});
