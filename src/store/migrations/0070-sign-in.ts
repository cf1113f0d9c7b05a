import { type Kysely, sql } from 'kysely';

const statements = `
-- Where our people are signed in. What a browser holds stands here by its hash.
create table staff_sessions (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique,
  staff text not null,
  way text not null,
  device text not null,
  made_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ends_at timestamptz not null,
  ended_at timestamptz
);
create index staff_sessions_staff on staff_sessions (staff);

create table staff_passkeys (
  id text primary key,
  staff text not null,
  name text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  made_at timestamptz not null default now(),
  used_at timestamptz
);
create index staff_passkeys_staff on staff_passkeys (staff);

-- What was begun and has to be ended: a code that was asked for, a passkey that is waited for, a link that was made.
create table sign_in_attempts (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique,
  way text not null,
  -- Null: of nobody, or not known yet. An address that is none of ours is not kept.
  staff text,
  -- Hash of the code, or the challenge for the passkey.
  secret bytea,
  tries int not null default 0,
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz
);

-- How often was tried, by what and whom: hashes.
create table sign_in_counts (
  key text primary key,
  n int not null,
  ends_at timestamptz not null
);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
