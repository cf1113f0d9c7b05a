import { type Kysely, sql } from 'kysely';

const statements = `
-- What our people have answered to a notification (POLICY §3.r6, §5.4), one row a mail: what is done later, and what must not be done
-- twice. The deeds of a row that waits or was asked back about are acts with their input, its texts among them.
create table staff_answers (
  mail_id bigint primary key references mails on delete cascade,
  case_id bigint not null references cases on delete cascade,
  letter_id bigint not null references letters,
  staff text not null,
  content text not null,
  at timestamptz not null,
  state text not null check (state in ('done', 'waiting', 'asked-back', 'sent', 'cancelled', 'refused')),
  due_at timestamptz check ((due_at is not null) = (state = 'waiting')),
  deeds jsonb not null default '[]',
  enclosed jsonb not null default '[]'
);
create index on staff_answers (case_id);
create index on staff_answers (staff, content);
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
