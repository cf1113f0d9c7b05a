import { type Kysely, sql } from 'kysely';

const statements = `
-- What goes to many (POLICY §10.6). gathered_to: the sites up to this id have been looked through for its recipients; null: all have.
create table announcements (
  id bigint generated always as identity primary key,
  name text not null unique,
  kind text not null,
  state text not null check (state in ('ready', 'running', 'paused', 'finished', 'cancelled')),
  content jsonb not null,
  written_at timestamptz not null default now(),
  started_at timestamptz,
  -- Letters that came back before count for nothing: a person has looked.
  resumed_at timestamptz,
  ended_at timestamptz,
  paused_by_itself boolean not null default false,
  gathered_to bigint default 0,
  by text not null
);

-- One row an announcement and address: who has a row that is open is written to, and nobody else.
create table announcement_recipients (
  announcement_id bigint not null references announcements on delete cascade,
  address mail_address not null,
  contact_id bigint references contacts on delete set null,
  language text not null,
  cases text[] not null default '{}',
  state text not null check (state in ('open', 'written', 'unreachable', 'ended', 'gone')),
  letter_id bigint,
  at timestamptz not null default now(),
  primary key (announcement_id, address)
);
create index announcement_recipients_open on announcement_recipients (announcement_id, address) where state = 'open';
create index announcement_recipients_letters on announcement_recipients (announcement_id, letter_id desc)
  where letter_id is not null;
create index announcement_recipients_contacts on announcement_recipients (contact_id) where contact_id is not null;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
