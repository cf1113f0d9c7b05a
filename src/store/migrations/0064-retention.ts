import { type Kysely, sql } from 'kysely';

const statements = `
-- When what was said in it was deleted or sealed (POLICY §11.5); its line stays.
alter table mails add column emptied_at timestamptz;
alter table letters add column emptied_at timestamptz;
alter table cases add column emptied_at timestamptz;
alter table letters drop constraint letters_check;
alter table letters add constraint letters_check
  check (raw is not null or state = 'suppressed' or emptied_at is not null) not valid;

-- When each kind is looked at next, and how many rows went.
create table retention_runs (
  kind text primary key,
  next_at timestamptz not null,
  last_at timestamptz,
  last_gone bigint not null default 0,
  gone bigint not null default 0
);

-- What the jobs of the clock came to, written once a minute.
create table clock_runs (
  name text primary key,
  ran_at timestamptz not null,
  took_ms int not null,
  did bigint not null default 0,
  did_at timestamptz,
  failed_at timestamptz,
  failure text
);

-- People who are erased. What they are looked for by stands here until all is looked through, and no longer.
create table erasures (
  id bigint generated always as identity primary key,
  asked_at timestamptz not null default now(),
  contacts bigint[] not null default '{}',
  who jsonb,
  -- The part that is looked through next, and the last row of it.
  part int not null default 0,
  after_row text,
  rows_changed bigint not null default 0,
  done_at timestamptz,
  check ((done_at is null) = (who is not null))
);
create index erasures_open on erasures (id) where done_at is null;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
