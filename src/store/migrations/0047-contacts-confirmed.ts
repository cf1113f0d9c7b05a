import { type Kysely, sql } from 'kysely';

/** When somebody at the site last said that its list of contacts is right (POLICY §9). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sites add column contacts_confirmed_at timestamptz`.execute(db);
}
