/** One-time codes by their keyed hash, and what is sealed: letters that show one, mails that quote one (POLICY §11.2). */
import { type Kysely, sql } from 'kysely';

const statements = `
alter table letters add column sealed boolean not null default false;
alter table mail_bytes add column sealed boolean not null default false;

create table confirmation_codes (
  letter_id bigint primary key references letters,
  contact_id bigint not null references contacts on delete cascade,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  wrong int not null default 0,
  closed_at timestamptz,
  closed_why text check (closed_why in ('used', 'wrong')),
  closed_by bigint references mails,
  check ((closed_at is null) = (closed_why is null))
);
create index on confirmation_codes (hash);
create index on confirmation_codes (contact_id) where closed_at is null;
create index on confirmation_codes (closed_by) where closed_by is not null;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
