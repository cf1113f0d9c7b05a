import { type Kysely, sql } from 'kysely';

const statements = `
-- Where what is written to this case goes from now on (POLICY §5); a severity that one side has proposed and the other
-- has not agreed to; how far a case was escalated.
alter table cases
  add column merged_into bigint references cases,
  add column split_from bigint references cases,
  add column proposal jsonb,
  add column escalation jsonb;
create index on cases (merged_into) where merged_into is not null;
create index on cases (split_from) where split_from is not null;

-- Who has left a case: whoever puts them in copy does not bring them back.
create table case_leavers (
  case_id bigint not null references cases on delete cascade,
  address mail_address not null,
  left_at timestamptz not null,
  primary key (case_id, address)
);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
