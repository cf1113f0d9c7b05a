import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../support/servers/postgres.ts';

const mine = await freshDatabase();
const other = await freshDatabase();
afterAll(async () => {
  await mine.drop();
  await other.drop();
});

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}

test('every test file gets a migrated database that no other sees', async () => {
  await ask(mine.url, 'create table only_here ()');
  expect(await ask(mine.url, "select 1 from pg_tables where tablename = 'only_here'")).toHaveLength(1);
  expect(await ask(other.url, "select 1 from pg_tables where tablename = 'only_here'")).toHaveLength(0);
  expect((await ask(other.url, "select 1 from pg_tables where schemaname = 'public'")).length).toBeGreaterThan(1);
});

test('takes two hundred connections and more, as RELIABILITY asks', async () => {
  const [row] = await ask(mine.url, 'show max_connections');
  expect(Number(row?.max_connections)).toBeGreaterThanOrEqual(200);
});
