/** A database whose now() is moved by the test: a week takes as long as its work. */
import pg from 'pg';
import { migrate } from '../../../src/store/migrate.ts';
import { freshDatabase } from '../servers/postgres.ts';

export type SimulatedClock = {
  readonly url: string;
  /** Now is this moment, ISO 8601; it goes on from there. Never back. */
  set(at: string): Promise<void>;
  now(): Promise<string>;
  drop(): Promise<void>;
};

// Before any table: what a column is by default is bound to the now() of the day it is made. New tables stand in the first schema.
const statements = `
create schema simulated;
create table simulated.clock (shift interval not null);
create function simulated.now() returns timestamptz language sql stable
  as $$ select pg_catalog.now() + (select shift from simulated.clock) $$;
`;

/** `migrated: false`: without any table, for a test that makes an older one. */
export async function simulatedClock(
  start: string,
  options: { readonly migrated?: boolean } = {},
): Promise<SimulatedClock> {
  const { url, name, drop } = await freshDatabase({ migrated: false });
  const once = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<T>(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  await once(statements);
  await once('insert into simulated.clock select $1::timestamptz - pg_catalog.now()', [start]);
  await once(`alter database ${name} set search_path = public, simulated, pg_catalog`);
  if (options.migrated !== false) await migrate(url);
  return {
    url,
    drop,
    set: async (at) => {
      await once('update simulated.clock set shift = greatest(shift, $1::timestamptz - pg_catalog.now())', [at]);
    },
    now: async () => (await once<{ now: string }>(`select to_json(now()) #>> '{}' as now`))[0]?.now ?? '',
  };
}
