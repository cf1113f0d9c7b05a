import { type Kysely, sql } from 'kysely';

const statements = `
-- The words of each case, kept by the clock behind everything else. What is long lies outside of the row, so that the rows of many hits are
-- few pages.
create table case_search (
  case_id bigint primary key references cases on delete cascade,
  words tsvector not null default '',
  -- Something of the case was changed and it is to be read anew.
  stale boolean not null default false
) with (toast_tuple_target = 128);
create index case_search_words on case_search using gin (words);
create index case_search_stale on case_search (case_id) where stale;

-- How far: messages that came are read by their ids, once every transaction that was under way has ended; cases of before, backwards.
create table case_search_mark (
  only_one boolean primary key default true check (only_one),
  read_id bigint not null,
  seen_id bigint not null,
  seen_xid xid8 not null,
  seen_at timestamptz not null default now(),
  -- The next case of before is below; 0: all are there.
  back_id bigint not null,
  begun_id bigint not null
);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
