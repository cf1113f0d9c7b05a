import { type Kysely, sql } from 'kysely';

const statements = `
-- Hours and holidays of the site's own, in the registry's form; null where those of the desk count.
-- json and not jsonb: weekdays keep their order, so that the same hours are the same text.
alter table sites
  add column business_hours json,
  add column holidays json;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
