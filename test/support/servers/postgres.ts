import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

export const templateName = 'postern_template';

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A migrated, empty database for one test file, cloned from the template in a fraction of the time migrating takes.
 * `migrated: false` gives one without any table. What is not dropped goes with the run.
 */
export async function freshDatabase(
  options: { migrated?: boolean } = {},
): Promise<{ url: string; name: string; drop(): Promise<void> }> {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  // Files are copied, not written into the log page by page: a quarter of the time where nothing is fsynced.
  const from = options.migrated === false ? 'template0' : templateName;
  await asAdmin(`create database ${name} template ${from} strategy file_copy`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, name, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}

/** Where ids begin at 1 again, as registries in SQL name them; those of mails and letters go on, as jobs are known by them. */
const ofTheRegistry = ['sites', 'pins', 'contacts', 'plans', 'licences', 'products'];

const deadlockDetected = '40P01';

/** Empties every table of a migrated database, those that only grow too: for the next test of a file, in some milliseconds. */
// biome-ignore lint/suspicious/noExplicitAny: rows of any table
export async function emptyTables(query: (text: string) => Promise<any[]>): Promise<void> {
  const tables = await query(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
     and relname not like 'kysely%'`,
  );
  const statements = [
    'begin',
    'set local session_replication_role = replica',
    ...tables.map(({ name }) => `delete from ${name}`),
    ...ofTheRegistry.map((name) => `alter table ${name} alter column id restart`),
    'commit',
  ];
  for (let attempt = 1; ; attempt += 1) {
    try {
      await query(statements.join('; '));
      return;
    } catch (error) {
      await query('rollback');
      // A worker that still writes its last row takes the tables in another order: PostgreSQL ends one of the two.
      if ((error as { code?: string }).code !== deadlockDetected || attempt === 5) throw error;
    }
  }
}
