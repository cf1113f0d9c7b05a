import { type Kysely, sql } from 'kysely';

const statements = `
-- Requests for access (POLICY §8). What was said stands as it was read; the site is the one that has the number, if any has.
create table access_requests (
  id bigint generated always as identity primary key,
  site_named text,
  address text not null,
  name text,
  country text,
  role text,
  justification text,
  phone text,
  language text not null,
  -- The mail that asked; null where it was entered by one of ours.
  mail_id bigint references mails,
  version_no int not null default 0,
  -- When the clock looks at it next; null: when something is done to it.
  timer_at timestamptz
);
create index on access_requests (address);
create index on access_requests (site_named);
create index on access_requests (mail_id) where mail_id is not null;
create index on access_requests (timer_at) where timer_at is not null;

-- What has happened to each, only ever appended to: its state is what these come to (src/access/request.ts).
create table access_request_steps (
  id bigint generated always as identity primary key,
  request_id bigint not null references access_requests,
  kind text not null,
  at timestamptz not null,
  by text not null,
  mail_id bigint references mails,
  detail jsonb not null default '{}'
);
create index on access_request_steps (request_id);
create index on access_request_steps (mail_id) where mail_id is not null;
create index on access_request_steps (at) where kind = 'verify-sent';
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
