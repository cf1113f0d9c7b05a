import { type Kysely, sql } from 'kysely';

const statements = `
-- Where other programs hear what happens (Standard Webhooks).
create table webhook_endpoints (
  id bigint generated always as identity primary key,
  url text not null,
  about text not null default '',
  -- '*' wants all of them.
  topics text[] not null,
  state text not null default 'on' check (state in ('on', 'off')),
  -- Null where a person has switched it off.
  off_because text,
  off_at timestamptz,
  made_at timestamptz not null default now(),
  -- The last that it has taken, and in a row how many it has not.
  took_at timestamptz,
  failures int not null default 0,
  -- Nothing is sent before then.
  rests_until timestamptz,
  version_no int not null default 1
);

-- The one without an end signs; one before it signs, too, until its end. Sealed.
create table webhook_secrets (
  id uuid primary key,
  endpoint_id bigint not null references webhook_endpoints on delete cascade,
  secret bytea not null,
  made_at timestamptz not null default now(),
  ends_at timestamptz
);
create index webhook_secrets_endpoint on webhook_secrets (endpoint_id);

create table webhook_events (
  id bigint generated always as identity primary key,
  uid text not null default 'msg_' || replace(gen_random_uuid()::text, '-', ''),
  at timestamptz not null default now(),
  topic text not null,
  -- What is told of the same thing has the same.
  key text,
  data jsonb not null
);
create index webhook_events_at on webhook_events (at, id);

create table webhook_deliveries (
  id bigint generated always as identity primary key,
  endpoint_id bigint not null references webhook_endpoints on delete cascade,
  event_id bigint not null references webhook_events on delete cascade,
  key text,
  state text not null default 'due' check (state in ('due', 'delivered', 'given-up')),
  -- Moved ahead while somebody sends it, so that it comes back where that ends within it.
  due_at timestamptz not null,
  -- Since it was written, or asked for once more; the first starts its three days.
  tries int not null default 0,
  first_at timestamptz,
  ended_at timestamptz,
  status int,
  says text
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, due_at, id) where state = 'due';
create index webhook_deliveries_key on webhook_deliveries (endpoint_id, key, id) where state = 'due';
create index webhook_deliveries_list on webhook_deliveries (endpoint_id, id);
create index webhook_deliveries_states on webhook_deliveries (endpoint_id, state, id);
create index webhook_deliveries_event on webhook_deliveries (event_id);

create table webhook_attempts (
  delivery_id bigint not null references webhook_deliveries on delete cascade,
  at timestamptz not null,
  took_ms int not null,
  status int,
  says text not null
);
create index webhook_attempts_delivery on webhook_attempts (delivery_id, at);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
