import { type Kysely, sql } from 'kysely';

const statements = `
-- Senders not on record who get no word from us (POLICY §3.r18): an address, or a domain behind an @ with all that is below it.
-- A row stays when its block is lifted: the audit trail names it by its id and not by the address.
create table blocked_senders (
  id bigint generated always as identity primary key,
  key text not null check (key like '%@%'),
  blocked_at timestamptz not null default now(),
  blocked_by text not null,
  lifted_at timestamptz,
  lifted_by text,
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index blocked_senders_now on blocked_senders (key) where lifted_at is null;

-- What client care owes an answer to, and by when (POLICY §3.r13a).
create table care_clocks (
  mail_id bigint primary key references mails (id) on delete cascade,
  due timestamptz not null,
  -- Who has stopped it; null while it runs.
  done_at timestamptz,
  done_by text,
  -- Client care was told that it is over.
  told_at timestamptz,
  check ((done_at is null) = (done_by is null))
);
create index care_clocks_running on care_clocks (due) where done_at is null and told_at is null;

create index mails_marked_spam on mails (stored_at) where outcome = 'held-unknown' and reason like '%(spam).';
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
