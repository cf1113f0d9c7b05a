import { type Kysely, sql } from 'kysely';

const statements = `
-- What somebody has said of a kind of letters that can be ended (POLICY §10.6). The address is its own: where that of the contact becomes
-- another it stays, and may be none that is on record.
create table subscriptions (
  contact_id bigint not null references contacts on delete cascade,
  kind text not null,
  wanted boolean not null,
  address text not null,
  since timestamptz not null default now(),
  primary key (contact_id, kind)
);
create index subscriptions_address on subscriptions (address);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
