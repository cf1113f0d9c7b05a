import { type Kysely, sql } from 'kysely';

const statements = `
-- What one of our people is writing on a case: kept with every pause of typing, until it goes out or is thrown away.
create table drafts (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases on delete cascade,
  staff text not null,
  text text not null default '',
  -- The newest message that was there when it was begun, or that was shown before it was to be sent.
  seen bigint not null default 0,
  begun_at timestamptz not null default now(),
  kept_at timestamptz not null default now(),
  unique (case_id, staff)
);

create table draft_files (
  id bigint generated always as identity primary key,
  draft_id bigint not null references drafts on delete cascade,
  name text not null,
  type text not null,
  content bytea not null
);
create index on draft_files (draft_id, id);
alter table draft_files alter column content set storage external;

-- Who looks at a case, and who writes: said anew every few seconds, and true for half a minute.
create table case_presence (
  case_id bigint not null references cases on delete cascade,
  session text not null,
  staff text not null,
  looking_at timestamptz not null default now(),
  typing_at timestamptz,
  primary key (case_id, session)
);
create index on case_presence (looking_at);

create table canned_answers (
  id bigint generated always as identity primary key,
  name text not null unique,
  text text not null,
  changed_by text not null,
  changed_at timestamptz not null default now()
);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
