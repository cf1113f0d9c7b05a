/**
 * Held mail is gone through by kind, longest first: counted and listed by an index that has the held ones alone. And what was found of
 * those whose sender, or whose PIN, has come on record since they were held: whether they would be let in now.
 */
import { type Kysely, sql } from 'kysely';

const statements = `
create index mails_held_list on mails (outcome, reason_code, arrived_at, id) where outcome like 'held-%';

create table held_trials (
  mail_id bigint primary key references mails on delete cascade,
  -- As the mail was, and a hash of what of the registry concerns it: where either is another one it is looked at again.
  fence bigint not null,
  mark text not null,
  outcome text not null,
  lets_in boolean not null,
  tried_at timestamptz not null default now()
);
create index held_trials_let_in on held_trials (mail_id) where lets_in;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
