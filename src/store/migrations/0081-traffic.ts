import { type Kysely, sql } from 'kysely';

const statements = `
-- Mails in and letters out by the hour (UTC), counted from the audit; acknowledged: how long acknowledgements took, by the places of
-- upkeep/overview/seconds-histogram.ts.
create table traffic_hours (
  hour timestamptz primary key,
  mails bigint not null default 0,
  letters bigint not null default 0,
  acknowledged bigint[] not null
);

-- How far the audit was counted. Rows up to seen_id are complete once every transaction before seen_xid has ended.
create table traffic_mark (
  only_one boolean primary key default true check (only_one),
  counted_id bigint not null,
  seen_id bigint not null,
  seen_xid xid8 not null,
  seen_at timestamptz not null default now()
);

-- The ledger of each mailbox as it stood at the end of each day, or stands now: what was done on a day is the difference to the day before.
create table mailbox_days (
  mailbox text not null references mailboxes on delete cascade,
  day date not null,
  seen bigint not null,
  stored bigint not null,
  too_large bigint not null,
  duplicates bigint not null,
  gone bigint not null,
  passed_over bigint not null,
  primary key (mailbox, day)
);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
