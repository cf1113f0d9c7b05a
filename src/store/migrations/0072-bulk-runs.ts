import { type Kysely, sql } from 'kysely';

const statements = `
-- One act on many things, asked for at once by one of our people and done one after the other.
create table bulk_runs (
  id bigint generated always as identity primary key,
  act text not null,
  -- On the button that began it, and where it stood.
  says text not null,
  back text not null,
  staff text not null,
  state text not null default 'running' check (state in ('running', 'stopped', 'done')),
  total int not null,
  made_at timestamptz not null default now(),
  ended_at timestamptz,
  -- Who stopped it.
  stopped_by text,
  -- Grows whenever it changes hands.
  fence bigint not null default 0,
  claimed_until timestamptz
);
create index bulk_runs_running on bulk_runs (claimed_until nulls first, id) where state = 'running';

create table bulk_items (
  id bigint generated always as identity primary key,
  run_id bigint not null references bulk_runs on delete cascade,
  position int not null,
  label text not null,
  input jsonb not null,
  -- The fingerprint of what was shown.
  expect text,
  -- 'at-work' outlives a process that dies within it.
  state text not null default 'waiting' check (state in ('waiting', 'at-work', 'done', 'declined', 'failed')),
  says text,
  -- Something became otherwise by it.
  changed boolean not null default false,
  unique (run_id, position)
);
create index bulk_items_waiting on bulk_items (run_id, position) where state in ('waiting', 'at-work');
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
