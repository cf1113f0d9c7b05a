import { type Kysely, sql } from 'kysely';

/** Licences whose proof of entitlement is still to go out (POLICY §11.7). What is on record already is of the past. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table proofs_due (
      site_id bigint not null references sites on delete cascade,
      licence text not null,
      why text not null check (why in ('new', 'renewed')),
      since timestamptz not null default now(),
      primary key (site_id, licence)
    )`.execute(db);
}
