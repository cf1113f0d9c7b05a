import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  // A licence is looked for as it is written in a mail, in capital letters or not (POLICY §1, §8.11).
  await sql`create index licences_number_upper on licences (upper(number))`.execute(db);
  await sql`create index licences_tag_upper on licences (upper(service_tag)) where service_tag is not null`.execute(db);
  // Until then nothing is known of how many have the same, and a registry that stays as it is may wait for long.
  await sql`analyze licences`.execute(db);
  // Up to where the look that is under way has come.
  await sql`alter table retention_runs add column after_key text`.execute(db);
}
