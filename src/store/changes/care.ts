/** How the clocks of client care are written. */
import { sql } from 'kysely';
import { actorOf } from '../../changes/by.ts';
import type { CareClockStarted, CareClockStopped } from '../../changes/care.ts';
import { Failure } from '../../foundation/failure.ts';
import type { Tx } from '../database.ts';

/** A mail that is decided again keeps the clock it has; `again` is a new one after the first has stopped. */
export async function writeCareClockStarted(tx: Tx, change: CareClockStarted): Promise<void> {
  await sql`
    insert into care_clocks (mail_id, due) values (${change.mail}::bigint, ${change.due}::timestamptz)
    on conflict (mail_id) do update set due = excluded.due, done_at = null, done_by = null
    where ${change.again === true} and care_clocks.done_at is not null`.execute(tx);
}

export async function writeCareClockStopped(tx: Tx, change: CareClockStopped): Promise<void> {
  const { rows } = await sql`
    update care_clocks set done_at = now(), done_by = ${actorOf(change.by)}
    where mail_id = ${change.mail}::bigint and done_at is null returning mail_id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `mail ${change.mail} was answered meanwhile`);
}
