import { type Kysely, sql } from 'kysely';

const statements = `
-- Whoever is not on record and registers a licence (POLICY §8.11): its number or service tag, as it was named.
alter table access_requests add column licence_named text;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
