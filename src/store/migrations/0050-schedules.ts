import { type Kysely, sql } from 'kysely';

const statements = `
-- Kinds of letters on a schedule; one that is not here stands still (POLICY §11.6).
create table schedules (
  kind text primary key,
  running boolean not null,
  since timestamptz not null,
  by text not null
);

-- One row a site and kind: what is due next, and what the turn before came to. due_at is null where nothing is.
create table schedule_turns (
  site_id bigint not null references sites on delete cascade,
  kind text not null,
  period text not null,
  step int not null default 0,
  due_at timestamptz,
  last_period text,
  last_at timestamptz,
  last_result text,
  care_told_at timestamptz,
  primary key (site_id, kind)
);
create index schedule_turns_due on schedule_turns (due_at) where due_at is not null;
create index schedule_turns_for_care on schedule_turns (site_id) where last_result = 'for-care';

-- The quarter in which it was asked whether they may still open cases, while that is open; and when it was last answered. When the
-- site was asked about an address that came back: what lies behind is told to nobody.
alter table contacts
  add column to_attest text,
  add column attested_at timestamptz,
  add column asked_about_at timestamptz;
update contacts set asked_about_at = now() where doubtful_since is not null;
create index contacts_doubtful on contacts (doubtful_since) where doubtful_since is not null;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
