import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { type Db, databaseWithin, openDatabase } from '../../../src/store/database.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const fresh = await freshDatabase();
const database = openDatabase(fresh.url, silentLog, 2);
const other = openDatabase(fresh.url, silentLog, 1, 'by-index');
afterAll(async () => {
  await database.close();
  await other.close();
  await fresh.drop();
});

it('says database-away, and lives on, when a link is lost between two statements of a transaction', async () => {
  const broken = database.transaction(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await other.ask((db) => sql`select pg_terminate_backend(${rows[0]?.pid}::int)`.execute(db));
    await sleep(100);
    await sql`select 1`.execute(tx);
  });
  await expect(broken).rejects.toMatchObject({ code: 'database-away' });
  const { rows } = await database.ask((db) => sql<{ one: number }>`select 1 as one`.execute(db));
  expect(rows).toEqual([{ one: 1 }]);
});

it('keeps the plans of statements with values, and looks through no table where it is told to go by an index', async () => {
  for (let i = 0; i < 3; i += 1) await other.ask((db) => sql`select * from mails where id = ${i}`.execute(db));
  const { rows } = await other.ask((db) =>
    sql<{ name: string; setting: string }>`
      select name, setting from pg_settings where name = 'enable_seqscan'
      union all select 'kept', count(*)::text from pg_prepared_statements where statement like 'select * from mails where id = %'`.execute(
      db,
    ),
  );
  expect(rows).toEqual([
    { name: 'enable_seqscan', setting: 'off' },
    { name: 'kept', setting: '1' },
  ]);
});

const named = (name: string) => sql`insert into products (name) values (${name})`;
const names = async (db: Db = database.db) =>
  (await sql<{ name: string }>`select name from products order by 1`.execute(db)).rows.map((row) => row.name);

it('a part of a transaction that fails takes back itself alone, and the transaction every part', async () => {
  await database.transaction(async (tx) => {
    const inside = databaseWithin(database, tx);
    await inside.transaction((part) => named('One').execute(part));
    const broken = inside.transaction(async (part) => {
      await named('Two').execute(part);
      await sql`select 1 / 0`.execute(part);
    });
    await expect(broken).rejects.toThrow(/division by zero/);
    await inside.ask((db) => named('Three').execute(db));
    expect(await inside.snapshot(names)).toEqual(['One', 'Three']);
  });
  expect(await names()).toEqual(['One', 'Three']);
  const all = database.transaction(async (tx) => {
    await databaseWithin(database, tx).transaction((part) => named('Four').execute(part));
    throw new Error('no');
  });
  await expect(all).rejects.toThrow('no');
  expect(await names()).toEqual(['One', 'Three']);
});

it('a snapshot sees one moment, whatever is written meanwhile, and cannot write', async () => {
  await database.snapshot(async (db) => {
    const before = await names(db);
    await other.ask((it) => named('Later').execute(it));
    expect(await names(db)).toEqual(before);
  });
  expect(await names()).toContain('Later');
  await expect(database.snapshot((db) => named('Never').execute(db))).rejects.toThrow(/read-only/);
});
