/**
 * Held mail: what a person has let in stands on the mail itself, so that a worker that is killed loses nothing of it; and the
 * senders that somebody was asked about, each once, with the mails that wait for the answer.
 */
import { type Kysely, sql } from 'kysely';

const statements = `
alter table mails add column admitted jsonb;
create index mails_held on mails (stored_at) where outcome like 'held-%';
create index on mails (settled_by) where settled_by is not null;

create table sender_questions (
  id bigint generated always as identity primary key,
  site_id bigint not null references sites on delete cascade,
  case_id bigint references cases on delete cascade,
  address mail_address not null,
  name text not null,
  title text not null,
  arrived_at timestamptz not null,
  asked_at timestamptz not null default now(),
  answer text check (answer in ('yes', 'once', 'no', 'expired')),
  settled_at timestamptz,
  settled_by text,
  check ((answer is null) = (settled_at is null) and (answer is null) = (settled_by is null))
);
create unique index sender_questions_open on sender_questions (site_id, address, coalesce(case_id, 0)) where answer is null;
create index on sender_questions (site_id, address);
create index on sender_questions (case_id) where case_id is not null;

create table sender_question_mails (
  question_id bigint not null references sender_questions on delete cascade,
  mail_id bigint not null references mails,
  primary key (question_id, mail_id)
);
create index on sender_question_mails (mail_id);

create table sender_question_letters (
  question_id bigint not null references sender_questions on delete cascade,
  address text not null,
  letter_id bigint not null references letters,
  primary key (question_id, address)
);
create index on sender_question_letters (letter_id);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
