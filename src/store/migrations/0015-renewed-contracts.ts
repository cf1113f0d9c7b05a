import { type Kysely, sql } from 'kysely';

/** Mails of lapsed customers are looked at every minute, for sites whose contract was renewed (POLICY §2.5). */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index mails_support_lapsed on mails (arrived_at, id) where outcome = 'support-lapsed'`.execute(db);
}
