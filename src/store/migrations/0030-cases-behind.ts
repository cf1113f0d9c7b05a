import { type Kysely, sql } from 'kysely';

const statements = `
-- Open before its clock had timers: taken over once, and what lies behind it rings for nobody (POLICY §11.6).
alter table cases add column behind boolean not null default false;
update cases set behind = true where status = 'open' and timer_at is null;
create index cases_behind on cases (id) where behind;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
