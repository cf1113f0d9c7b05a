import { type Kysely, sql } from 'kysely';

const statements = `
-- What was due on a case until then rings for nobody (POLICY §11.6). Those that were open before there were timers are silent
-- until they are taken over, all at once.
alter table cases add column silent_until timestamptz;
update cases set silent_until = 'infinity' where status = 'open' and timer_at is null;
create index cases_behind on cases (id) where silent_until = 'infinity';
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
