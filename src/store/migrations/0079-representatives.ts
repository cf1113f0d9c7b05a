import { type Kysely, sql } from 'kysely';

const statements = `
-- Who of our people looks after the renewals of the account (POLICY §10.4); null: the renewal team.
alter table sites add column representative mail_address;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
