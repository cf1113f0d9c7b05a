import { type Kysely, sql } from 'kysely';

const statements = `
-- One line a mail of somebody not on record that names PINs. No PIN stands here: how many there were, and how many of them wrong.
create table pin_tries (
  mail_id bigint not null references mails (id) on delete cascade,
  -- The sender's address without its plus part, and its domain behind an @.
  key text not null,
  at timestamptz not null,
  tried int not null,
  wrong int not null,
  primary key (mail_id, key)
);
create index on pin_tries (key, at);
create table pin_locks (
  key text primary key,
  -- No PIN is looked up.
  locked_until timestamptz,
  -- No word to them, whether the PINs were right or wrong.
  silent_until timestamptz
);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
