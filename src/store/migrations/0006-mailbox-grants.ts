import { type Kysely, sql } from 'kysely';

const statements = `
create table mailbox_grants (
  mailbox text primary key,
  -- Who signed in where, by which program: tokens of another account are never used.
  account text not null,
  -- Sealed, both; what they belong to is named after mailbox and column.
  refresh_token bytea,
  access_token bytea,
  access_expires_at timestamptz,
  refreshed_at timestamptz,
  connected_at timestamptz not null default now(),
  -- Grows with every change: what was asked under an older one is not written.
  fence bigint not null default 1,
  -- One process at a time asks the token server; a claim of one that died ends by itself.
  asking_until timestamptz,
  state text not null default 'connected' check (state in ('connected', 'dead')),
  failures int not null default 0,
  failure text,
  failing_since timestamptz,
  retry_at timestamptz
);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
