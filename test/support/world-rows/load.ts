/** The world of the tests as rows of PostgreSQL: what is the same in every story. */
import { sql } from 'kysely';
import type { Tx } from '../../../src/store/database.ts';
import { caseRows, privilegedPins } from './cases.ts';
import { lettersOfWorld } from './letters.ts';
import { registryRows } from './registry.ts';

/** Also a clock that can be set: PostgreSQL's `now()` is looked up in the schema of the test first. */
export async function loadWorld(tx: Tx): Promise<void> {
  await sql`create schema world`.execute(tx);
  await sql`create function world.now() returns timestamptz language sql stable as
    $$ select current_setting('world.now')::timestamptz $$`.execute(tx);
  await registryRows(tx);
  await caseRows(tx);
  await lettersOfWorld(tx);
  await privilegedPins(tx);
}

/** From here to the end of the transaction `now()` is that moment. */
export async function setClock(tx: Tx, now: string): Promise<void> {
  await sql`select set_config('world.now', ${now}, true), set_config('search_path', 'world, pg_catalog, public', true)`.execute(
    tx,
  );
}
