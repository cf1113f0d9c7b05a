import { type Kysely, sql } from 'kysely';

const statements = `
-- How far the audit was counted, as in traffic_mark.
create table report_mark (
  only_one boolean primary key default true check (only_one),
  counted_id bigint not null,
  seen_id bigint not null,
  seen_xid xid8 not null,
  seen_at timestamptz not null default now()
);

-- What each case was counted as: day of its opening where the desk is, and how it was answered. plan and owner are '' where there is none.
create table report_cases (
  case_id bigint primary key references cases on delete cascade,
  site_id bigint not null,
  day date not null,
  severity smallint not null,
  plan text not null,
  owner text not null,
  promised boolean not null,
  answered boolean not null,
  late boolean not null,
  minutes int not null,
  score smallint check (score between 1 and 5),
  score_day date,
  check ((score is null) = (score_day is null))
);
create index on report_cases (day);
create index on report_cases (site_id, day);
create index on report_cases (score_day) where score_day is not null;

-- The same summed up by day: that of the opening, and for the scores that of the answer.
create table report_case_days (
  day date not null,
  severity smallint not null,
  plan text not null,
  owner text not null,
  opened bigint not null,
  promised bigint not null,
  answered bigint not null,
  late bigint not null,
  minutes bigint not null,
  score_1 bigint not null,
  score_2 bigint not null,
  score_3 bigint not null,
  score_4 bigint not null,
  score_5 bigint not null,
  primary key (day, severity, plan, owner)
);

-- Mails that were held, each once, by the day on which they first were.
create table report_held_days (
  day date not null,
  reason text not null,
  held bigint not null,
  primary key (day, reason)
);

-- Letters that ask customers something; again: of those, the ones that ask the same person the same once more.
create table report_question_days (
  day date not null,
  question text not null,
  asked bigint not null,
  again bigint not null,
  primary key (day, question)
);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
