import { type Kysely, sql } from 'kysely';

/** How many people were added at a site in the last hour and day is counted (POLICY §8.8). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index audit_contacts_added on audit ((detail->>'site'), at) where action = 'contact-added'`.execute(
    db,
  );
}
