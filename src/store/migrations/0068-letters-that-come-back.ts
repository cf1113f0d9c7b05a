import { type Kysely, sql } from 'kysely';

const statements = `
-- Letters came back from an address that is a subscription's and no contact's (POLICY §10.6): it is written to no more.
alter table subscriptions add column unreachable_since timestamptz;

-- The link in a letter is of a contact. It finds the address that it went to also where that contact is on record no more.
alter table announcement_recipients drop constraint announcement_recipients_contact_id_fkey;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
