/**
 * The functions that stand in the database, one file each in `sql/`. The number in a name is that of the migration that makes it:
 * workers that still run call theirs. Whoever changes a text gives its name the next number and adds a migration
 * `NNNN-functions`, so that older code is refused from then on.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

type Stored = { readonly name: string; readonly number: number | null; readonly text: string };

const folder = new URL('./sql/', import.meta.url);

export const functions: ReadonlyMap<string, Stored> = new Map(
  readdirSync(folder).map((file): [string, Stored] => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const [, name = '', number] = /^create (?:or replace )?function ([a-z_]+?)(?:_([0-9]+))?\(/m.exec(text) ?? [];
    if (`${name}.sql` !== file) throw new Error(`store/sql/${file} does not make the function it is named for`);
    return [name, { name, number: number === undefined ? null : Number(number), text }];
  }),
);

/** The name that this code calls. */
export function functionName(name: 'apply_decisions' | 'store_mails' | 'tell_webhooks'): RawBuilder<unknown> {
  return sql.raw(`${name}_${functions.get(name)?.number}`);
}

/** Makes the functions of this number. The one before stays for the workers that run; what is older than that goes. */
export const makeFunctions = (number: number): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const made of functions.values()) {
      if (made.number !== null && made.number !== number) continue;
      const { rows } = await sql<{ line: string }>`
        select oid::regprocedure::text as line
        from pg_proc
        where pronamespace = current_schema::regnamespace
          and proname ~ ${`^${made.name}(_[0-9]+)?$`}
        order by coalesce(substring(proname from '[0-9]+$')::int, 0) desc
        offset 1`.execute(db);
      for (const { line } of rows) await sql.raw(`drop function ${line}`).execute(db);
      await sql.raw(made.text).execute(db);
    }
  },
});
