import { type Kysely, sql } from 'kysely';

const statements = `
-- The moment at which the next timer of the case runs out (acts/cases/timers); null: none does. Cases of before have
-- none, so that an upgrade tells nobody of what lies behind (POLICY §11.6).
alter table cases add column timer_at timestamptz;
create index on cases (timer_at) where timer_at is not null;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
