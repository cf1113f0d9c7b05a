import { type Kysely, sql } from 'kysely';

const statements = `
-- What a contact may otherwise than the role (POLICY §1), as the registry file names it; how the person is reached; the last
-- day of the access, and when the address was shown to be theirs.
alter table contacts
  add column privileges jsonb check (jsonb_typeof(privileges) = 'object'),
  add column hours text,
  add column street text,
  add column city text,
  add column state text,
  add column postal_code text,
  add column until date,
  add column verified_at timestamptz;

-- Grows with every change of who is on record at the site: an act that was judged on an older number is judged again.
alter table sites add column people_version int not null default 0;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
