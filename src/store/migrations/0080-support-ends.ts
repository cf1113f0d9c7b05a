import { type Kysely, sql } from 'kysely';

const statements = `
-- The last day of full support, in no zone, and since when that is on record (POLICY §10.6).
alter table product_versions
  add column full_until date,
  add column full_until_since timestamptz;

-- due_at: it goes out by itself then, where it was planned by the clock. dropped: why it does not, where the clock has left it out; null: a
-- person has cancelled it, or nobody has.
alter table announcements
  add column due_at timestamptz,
  add column dropped text;

-- By which retention goes through them, some rows at a time.
alter table announcement_recipients add column id bigint generated always as identity;
create unique index announcement_recipients_id on announcement_recipients (id);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
