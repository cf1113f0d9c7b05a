import { type Kysely, sql } from 'kysely';

const statements = `
-- What a case is known as elsewhere (POLICY §5.2): a defect or a request by its id, and what was decided about it.
alter table cases
  add column reference text,
  add column priority text,
  add column planned text,
  add column resolved_in text,
  add column declined boolean not null default false,
  add column identified text,
  add column opened_by text;
create index on cases (owner) where status = 'open' and owner is not null;

-- People of the operator who do not stand in postern.yaml (INTERFACE "Also"); one in the form of that file each.
create table staff (
  email mail_address primary key,
  person jsonb not null,
  added_at timestamptz not null default now()
);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
