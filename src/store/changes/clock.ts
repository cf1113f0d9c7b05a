import { sql } from 'kysely';
import type { SeveritySet, TimerSet } from '../../changes/clock.ts';
import type { Tx } from '../database.ts';

export async function writeSeveritySet(tx: Tx, change: SeveritySet): Promise<void> {
  await sql`
    update cases set
      severity = ${change.to},
      proposal = null,
      due = coalesce(${change.due}::timestamptz, due),
      -- Also of a case that nobody owns: what is due on it has moved.
      timer_at = now()
    where id = ${change.id}::bigint`.execute(tx);
}

export async function writeTimerSet(tx: Tx, change: TimerSet): Promise<void> {
  const due = change.due === undefined ? sql`` : sql`, due = ${change.due}::timestamptz`;
  await sql`
    update cases set timer_at = ${change.timerAt}::timestamptz ${due}
    where id = ${change.id}::bigint`.execute(tx);
}
