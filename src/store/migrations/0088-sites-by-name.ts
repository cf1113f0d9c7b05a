import { type Kysely, sql } from 'kysely';

/** The list of customers goes by name, a page at a time. Sites change seldom, and no mail writes one. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index sites_by_name on sites (lower(name), number)`.execute(db);
}
