import { type Kysely, sql } from 'kysely';

const statements = `
-- Which ends of contracts of a site are on record, and since when; and when its letters are planned anew.
create table renewal_sites (
  site_id bigint primary key references sites on delete cascade,
  known jsonb not null default '{}',
  plan_at timestamptz not null
);
create index renewal_sites_plan_at on renewal_sites (plan_at);
insert into renewal_sites (site_id, plan_at) select id, now() from sites;

-- One step of the ladder: of a site, the earliest end of a group and a step there is one, for ever. settled_at: it is over, and its
-- key is never used again; before that a skipped one may still come.
create table renewal_steps (
  id bigint generated always as identity primary key,
  site_id bigint not null references sites on delete cascade,
  group_on date not null,
  step int not null,
  day date not null,
  due_at timestamptz not null,
  items jsonb not null,
  state text not null check (state in ('planned', 'held', 'sent', 'nobody', 'skipped')),
  reason text,
  words text,
  version_no int not null default 1,
  settled_at timestamptz,
  unique (site_id, group_on, step)
);
create index renewal_steps_due on renewal_steps (due_at) where state = 'planned';
create index renewal_steps_sent on renewal_steps (settled_at) where state = 'sent';
create index renewal_steps_day on renewal_steps (day);

-- The letters of a step: to one after the other where they come back; copies; and the one that says that all is renewed. entry is the
-- group whose entry of the calendar it goes on with, sequence the number of that; null where none goes along.
create table renewal_letters (
  letter_id bigint primary key references letters on delete cascade,
  step_id bigint not null references renewal_steps on delete cascade,
  role text not null check (role in ('notice', 'copy', 'settled')),
  entry date not null,
  sequence int
);
create index renewal_letters_step on renewal_letters (step_id);

create table renewal_quotes (
  step_id bigint primary key references renewal_steps on delete cascade,
  filename text not null,
  type text not null,
  bytes bytea not null
);

create table renewal_answers (
  step_id bigint not null references renewal_steps on delete cascade,
  mail_id bigint not null references mails on delete cascade,
  at timestamptz not null,
  primary key (step_id, mail_id)
);

-- All of a kind waits, and is planned on; told_on: the day of the last list to the renewal team.
alter table schedules
  add column paused_at timestamptz,
  add column told_on date;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
