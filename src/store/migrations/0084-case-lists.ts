import { type Kysely, sql } from 'kysely';

const statements = `
-- Open cases as people go through them: by severity, then by the first answer that is owed. One that was answered, or whose clock stands,
-- comes behind. In the place of the index by severity and deadline, so that a case costs no more than before.
create index cases_by_deadline on cases (
  severity, (coalesce(case when response_met_at is null then due end, 'infinity')), id
) where status = 'open';
drop index cases_severity_due_idx;

-- Lists that somebody has kept: the address of the page behind a name.
create table saved_views (
  id bigint generated always as identity primary key,
  owner mail_address not null,
  shared boolean not null default false,
  name text not null check (length(name) between 1 and 60),
  query text not null check (length(query) <= 1000),
  made_at timestamptz not null default now()
);
create unique index saved_views_own on saved_views (owner, lower(name)) where not shared;
create unique index saved_views_shared on saved_views (lower(name)) where shared;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
