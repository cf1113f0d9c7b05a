/** Privileged PINs that came by mail and were not used (POLICY §3.r7): our people are told of them, one letter an hour. */
import { type Kysely, sql } from 'kysely';

const statements = `
create table privileged_tries (
  id bigint generated always as identity primary key,
  mail_id bigint not null unique references mails on delete cascade,
  -- Null where it is none of ours.
  pin_id bigint references privileged_pins on delete set null,
  why text not null,
  at timestamptz not null default now(),
  told_at timestamptz
);
create index on privileged_tries (pin_id);
create index on privileged_tries (id) where told_at is null;
create index on privileged_tries (told_at) where told_at is not null;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
