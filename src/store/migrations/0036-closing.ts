import { type Kysely, sql } from 'kysely';

const statements = `
-- Since when a proposed solution waits for its customer (POLICY §6.1); null: none does.
alter table cases add column proposed_at timestamptz;

-- What customers say after the close, each answer a row. Without a mail it came by the page of the letter.
create table satisfaction_answers (
  id bigint generated always as identity primary key,
  case_id bigint not null references cases,
  letter_id bigint not null references letters,
  mail_id bigint references mails,
  score smallint not null check (score between 1 and 5),
  at timestamptz not null
);
create index on satisfaction_answers (case_id);
create index on satisfaction_answers (letter_id);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
