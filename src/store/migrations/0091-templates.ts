import { type Kysely, sql } from 'kysely';

const statements = `
-- Templates of letters that were changed here. The newest row of a language and name counts; body null: the shipped one does again.
create table template_versions (
  id bigint generated always as identity primary key,
  language text not null,
  name text not null,
  -- Null of a part of letters.
  subject text,
  body text,
  -- Of the shipped one that it was written beside; null: there was none in this language.
  shipped_hash text,
  -- Letters that were written again by it before it counted.
  tried int not null default 0,
  why text not null,
  actor text not null,
  at timestamptz not null default now()
);
create index template_versions_newest on template_versions (language, name, id desc);

-- Languages that were added here; those of the shipped templates are there by themselves.
create table template_languages (
  language text primary key,
  actor text not null,
  at timestamptz not null default now()
);

-- What the last letters of each kind were written from, without what they tell one person only: a changed template is tried on them.
create table letter_values (
  letter_id bigint primary key,
  template text not null,
  language text not null,
  letter jsonb not null,
  -- Of the letter: whoever is erased is found by them.
  to_address text not null,
  case_id bigint,
  caused_by bigint,
  at timestamptz not null default now()
);
create index letter_values_newest on letter_values (template, letter_id desc);
create index letter_values_oldest on letter_values (at);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
