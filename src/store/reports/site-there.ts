import { sql } from 'kysely';
import type { Database } from '../database.ts';

export async function siteThere(database: Database, number: string): Promise<boolean> {
  const { rows } = await database.ask((db) => sql`select from sites where number = ${number}`.execute(db));
  return rows.length > 0;
}
