import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<never>): Promise<void> {
  // Which accounts name one of our people.
  await sql`create index sites_representative on sites (representative) where representative is not null`.execute(db);
}
