import { type Kysely, sql } from 'kysely';

const statements = `
-- Processes that say they are here, every 15 s; id is what claims of mails and letters are made with.
create table workers (
  id uuid primary key,
  host text not null,
  pid int not null,
  does text[] not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

-- UIDs of a mailbox that are to be looked at again, by whoever watches it.
create table mailbox_refetches (
  id bigint generated always as identity primary key,
  mailbox text not null references mailboxes on delete cascade,
  epoch int not null,
  from_uid bigint not null check (from_uid > 0),
  to_uid bigint not null check (to_uid >= from_uid),
  asked_by text not null,
  asked_at timestamptz not null default now(),
  done_at timestamptz,
  -- What came of it: on the server, here before, and fetched now.
  listed int,
  known int,
  fetched int,
  failure text
);
create index mailbox_refetches_open on mailbox_refetches (mailbox, id) where done_at is null;
create index mailbox_refetches_newest on mailbox_refetches (mailbox, id desc);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
