import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  // Also of rows without a letter: of the others the server knows nothing while they are written, and would sort all of them for the newest.
  await sql`drop index announcement_recipients_letters`.execute(db);
  await sql`create index announcement_recipients_letters on announcement_recipients (announcement_id, letter_id desc nulls last)`.execute(
    db,
  );
}
