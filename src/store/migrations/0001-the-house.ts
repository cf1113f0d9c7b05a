import { type Kysely, sql } from 'kysely';

/**
 * The constraints do the guarding: what POLICY forbids, the database refuses, whichever worker asks.
 * Rows that workers take in hand (mails, letters) carry their own claim and fencing number (RELIABILITY "Habits").
 */
const statements = `
create domain mail_address as text check (
  octet_length(value) <= 254
  and value ~ '^("([^"\\\\[:cntrl:]]|\\\\[^[:cntrl:]])+"|[^\\s@<>()\\[\\],;:"\\\\]+)@[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+$'
  and value !~ '[A-Z]'
);

create table sites (
  id bigint generated always as identity primary key,
  number text not null unique check (number ~ '^[0-9]{7}$'),
  name text not null check (name <> ''),
  country text not null check (country ~ '^[A-Z]{2}$'),
  state text,
  timezone text not null,
  language text not null,
  known_since timestamptz not null default now()
);

create table pins (
  id bigint generated always as identity primary key,
  site_id bigint not null references sites on delete cascade,
  pin text not null check (pin ~ '^[0-9]{3,10}$'),
  issued_at timestamptz not null default now(),
  replaced_at timestamptz,
  constraint one_active_pin_a_site exclude using btree (site_id with =) where (replaced_at is null) deferrable initially deferred,
  constraint an_active_pin_names_one_site exclude using btree (pin with =) where (replaced_at is null) deferrable initially deferred
);
create index on pins (pin);
create index on pins (site_id);

create table contacts (
  id bigint generated always as identity primary key,
  site_id bigint not null references sites on delete cascade,
  name text not null,
  role text not null check (role in ('primary', 'secondary', 'technical contact', 'authorized user', 'licence user', 'provisional caller')),
  types text[] not null default '{}' check (types <@ array['primary', 'site technical', 'administrative', 'renewal', 'media shipping', 'billing']),
  phone text,
  position int not null,
  secondary_place smallint check (secondary_place between 1 and 4),
  doubtful_since timestamptz,
  unreachable_since timestamptz,
  last_hard_bounce timestamptz,
  unique (id, site_id),
  check ((role = 'secondary') = (secondary_place is not null)),
  constraint one_primary_a_site exclude using btree (site_id with =) where (role = 'primary') deferrable initially deferred,
  constraint four_secondaries_a_site unique (site_id, secondary_place) deferrable initially deferred
);

create table contact_addresses (
  site_id bigint not null,
  contact_id bigint not null,
  address mail_address not null,
  main boolean not null,
  foreign key (contact_id, site_id) references contacts (id, site_id) on delete cascade,
  constraint an_address_names_one_contact_a_site unique (site_id, address) deferrable initially deferred,
  constraint one_main_address_a_contact exclude using btree (contact_id with =) where (main) deferrable initially deferred
);
create index on contact_addresses (address);
create index on contact_addresses (contact_id);

create table products (
  id bigint generated always as identity primary key,
  name text not null unique
);
create table product_versions (
  product_id bigint not null references products on delete cascade,
  version text not null,
  stage text not null check (stage in ('full', 'limited', 'discontinued')),
  preview boolean not null default false,
  position int not null,
  primary key (product_id, version)
);

create table licences (
  id bigint generated always as identity primary key,
  site_id bigint not null references sites on delete cascade,
  number text not null,
  product_id bigint not null references products,
  edition text,
  kind text not null check (kind in ('user', 'support', 'trial')),
  quantity int not null check (quantity >= 0),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  registered_on date,
  position int not null,
  constraint a_licence_number_is_given_once unique (number) deferrable initially deferred
);
create index on licences (site_id);

create table plans (
  id bigint generated always as identity primary key,
  site_id bigint not null references sites on delete cascade,
  kind text not null check (kind in ('standard', '24x7', 'premier')),
  valid_from date not null,
  valid_to date not null check (valid_to >= valid_from),
  position int not null
);
create index on plans (site_id);

create sequence case_numbers start 100001;
create sequence mail_ids;
create sequence letter_ids;

create table mails (
  id bigint primary key default nextval('mail_ids'),
  arrived_at timestamptz not null,
  stored_at timestamptz not null default now(),
  door text not null check (door in ('imap', 'lmtp', 'smtp', 'hand')),
  door_name text not null,
  mail_from text,
  rcpt_to text[] not null default '{}',
  sha256 bytea not null unique check (octet_length(sha256) = 32),
  size int not null,
  headers_only text check (headers_only in ('too-large', 'not-fetched')),
  must_wait boolean not null default false,
  state text not null default 'new' check (state in ('new', 'decided', 'dead')),
  fence bigint not null default 1,
  claimed_by uuid,
  claimed_at timestamptz,
  due_at timestamptz not null default now(),
  tries int not null default 0,
  last_failure text,
  message_id text,
  from_address text,
  subject text,
  to_addresses text[] not null default '{}',
  content_hash text,
  facts jsonb,
  message_id_used_before boolean not null default false,
  outcome text,
  reason text,
  case_id bigint,
  duplicate_of bigint references mails,
  settled_by bigint references mails,
  check ((state = 'decided') = (outcome is not null))
);
create index on mails (due_at) where state = 'new';
create index on mails (message_id) where message_id is not null;
create index on mails (content_hash, arrived_at) where content_hash is not null;
create index on mails (outcome, id);
create index on mails (state, id);
create index on mails (case_id) where case_id is not null;
create index on mails (from_address, arrived_at);
create index on mails (duplicate_of) where duplicate_of is not null;

create table mail_bytes (
  mail_id bigint primary key references mails on delete cascade,
  raw bytea not null
);
alter table mail_bytes alter column raw set storage external;

create table arrivals (
  id bigint generated always as identity primary key,
  mail_id bigint not null references mails on delete cascade,
  at timestamptz not null default now(),
  door text not null,
  door_name text not null,
  epoch int,
  uid bigint,
  first boolean not null,
  unique (door_name, epoch, uid)
);
create index on arrivals (mail_id);

create table content_first_seen (
  fingerprint text primary key,
  mail_id bigint not null references mails on delete cascade,
  arrived_at timestamptz not null
);

create table mailboxes (
  name text primary key,
  lease_holder text,
  lease_fence bigint not null default 0,
  lease_until timestamptz,
  epoch int not null default 0,
  uid_validity text,
  watermark bigint,
  since timestamptz,
  first_seen_at timestamptz,
  seen bigint not null default 0,
  stored bigint not null default 0,
  duplicates bigint not null default 0,
  too_large bigint not null default 0,
  gone bigint not null default 0,
  passed_over bigint not null default 0,
  state jsonb not null default '{}'
);
create table mailbox_failures (
  mailbox text not null references mailboxes on delete cascade,
  epoch int not null,
  uid bigint not null,
  times int not null,
  primary key (mailbox, epoch, uid)
);

create table cases (
  id bigint generated always as identity primary key,
  number text not null unique check (number ~ '^[0-9]+$'),
  site_id bigint not null references sites,
  title text not null,
  severity smallint not null check (severity between 1 and 4),
  kind text not null check (kind in ('incident', 'question', 'defect', 'enhancement', 'preview', 'licensing', 'feedback')),
  status text not null check (status in ('open', 'closed')),
  opened_at timestamptz not null,
  opened_by_mail bigint unique references mails,
  contact_id bigint references contacts on delete set null,
  contact_address text not null,
  language text not null,
  product text,
  version text,
  provisional boolean not null default false,
  under_covered boolean not null default false,
  lapsed boolean not null default false,
  clock_runs boolean not null default true,
  due timestamptz,
  response_met_at timestamptz,
  owner text,
  follow_up_of bigint unique references cases,
  closed_at timestamptz,
  report jsonb not null default '{}',
  thread_message_id text,
  version_no int not null default 1,
  check ((status = 'closed') = (closed_at is not null))
);
create index on cases (site_id, id);
create index on cases (status, id);
create index on cases (severity, due) where status = 'open';
alter table mails add foreign key (case_id) references cases;

create table letters (
  id bigint primary key default nextval('letter_ids'),
  created_at timestamptz not null default now(),
  idempotency_key text not null unique,
  template text not null,
  priority smallint not null,
  language text not null,
  to_address mail_address not null,
  stranger boolean not null,
  rate_key text not null,
  follows_own boolean not null default false,
  matter text not null,
  subject text not null,
  message_id text not null unique,
  envelope_from text not null,
  raw bytea,
  case_id bigint references cases,
  caused_by bigint references mails,
  asks jsonb,
  settled_at timestamptz,
  state text not null check (state in ('queued', 'waiting', 'sent', 'unknown', 'failed', 'bounced', 'suppressed')),
  state_reason text,
  fence bigint not null default 1,
  claimed_by uuid,
  claimed_at timestamptz,
  due_at timestamptz not null default now(),
  give_up_at timestamptz not null,
  attempts int not null default 0,
  unknown_times int not null default 0,
  response text,
  sent_at timestamptz,
  check (raw is not null or state = 'suppressed')
);
alter table letters alter column raw set storage external;
create index on letters (due_at) where state in ('queued', 'unknown');
create index on letters (rate_key, created_at);
create index on letters (to_address);
create index on letters (created_at) where stranger;
create index on letters (case_id) where case_id is not null;
create index on letters (caused_by) where caused_by is not null;
create index on letters (state, id);

create table decisions (
  id bigint generated always as identity primary key,
  mail_id bigint not null references mails on delete cascade,
  at timestamptz not null,
  outcome text not null,
  rule text not null,
  reason text not null,
  evidence jsonb not null,
  case_id bigint references cases,
  letters jsonb not null default '[]'
);
create index on decisions (mail_id, id);

create table case_messages (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases on delete cascade,
  mail_id bigint references mails,
  letter_id bigint references letters,
  direction text not null check (direction in ('in', 'out', 'note')),
  author text not null,
  contact_id bigint references contacts on delete set null,
  automatic boolean not null default false,
  text text not null,
  attachments jsonb not null default '[]',
  unread_parts text[] not null default '{}',
  at timestamptz not null,
  unique (case_id, mail_id),
  unique (letter_id)
);
create index on case_messages (case_id, at, id);

create table case_participants (
  case_id bigint not null references cases on delete cascade,
  address mail_address not null,
  contact_id bigint references contacts on delete set null,
  added_at timestamptz not null,
  primary key (case_id, address)
);

create table case_events (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases,
  at timestamptz not null,
  kind text not null,
  mail_id bigint references mails,
  detail jsonb not null default '{}'
);
create index on case_events (case_id, id);

create table outbox (
  id bigint generated always as identity primary key,
  queue text not null,
  row_id bigint not null,
  fence bigint not null,
  created_at timestamptz not null default now()
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  detail jsonb not null default '{}'
);
create index on audit (subject_kind, subject_id, id);

create table channels (
  name text primary key,
  paused_until timestamptz,
  reason text
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% only grows: % is refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end $$;
create trigger only_grows before update or delete on audit for each row execute function refuse_change();
create trigger never_emptied before truncate on audit for each statement execute function refuse_change();
create trigger only_grows before update or delete on decisions for each row execute function refuse_change();
create trigger never_emptied before truncate on decisions for each statement execute function refuse_change();
create trigger only_grows before update or delete on case_events for each row execute function refuse_change();
create trigger never_emptied before truncate on case_events for each statement execute function refuse_change();
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
