import { type Kysely, sql } from 'kysely';

/** Before a notice that a site is under-covered it is looked whether there was one that day (POLICY §2.4). */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index letters_under_covered on letters (to_address, created_at) where matter like 'under-covered:%'`.execute(
    db,
  );
}
