/** Troubles that somebody is told of (POLICY §11.8), and what is looked at to find them. */
import { type Kysely, sql } from 'kysely';

const statements = `
create table alerts (
  id bigint generated always as identity primary key,
  cause text not null,
  -- Which mailbox, server or folder; empty where there is one only.
  subject text not null,
  since timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  count double precision not null,
  why text,
  told_at timestamptz,
  told_times int not null default 0,
  over_at timestamptz
);
create unique index alerts_open on alerts (cause, subject) where over_at is null;
create index alerts_newest on alerts (cause, subject, id desc);

-- What goes to alertUrl, written with the alert and tried until it is taken.
create table alert_posts (
  id bigint generated always as identity primary key,
  alert_id bigint not null references alerts on delete cascade,
  body jsonb not null,
  made_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  tries int not null default 0,
  done_at timestamptz,
  response text
);
create index alert_posts_due on alert_posts (due_at) where done_at is null;
create index on alert_posts (alert_id);

-- The last look into a mailbox that ended well, and since when it is known.
alter table mailboxes add column fetched_at timestamptz, add column known_at timestamptz not null default now();
-- The last time the mail server for letters did not serve us, and whether it was for the login.
alter table channels add column rested_at timestamptz, add column login_refused boolean not null default false;
-- When a report came that it had come back.
alter table letters add column bounced_at timestamptz;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
