/** How the events of a clock are written: `due` and `response_met_at` are what they come to. */
import { sql } from 'kysely';
import type {
  ClockMet,
  ClockPaused,
  ClockRated,
  ClockRerated,
  ClockResumed,
} from '../../../changes/cases/clock-events.ts';
import type { Tx } from '../../database.ts';

export async function writeClockPaused(tx: Tx, { id }: ClockPaused): Promise<void> {
  await sql`
    update cases
    set clock_runs = false, due = case when response_met_at is not null then due end
    where id = ${id}::bigint`.execute(tx);
}

export async function writeClockResumed(tx: Tx, { id, due }: ClockResumed): Promise<void> {
  await sql`
    update cases
    set clock_runs = true, due = coalesce(${due}::timestamptz, due), timer_at = now()
    where id = ${id}::bigint`.execute(tx);
}

export async function writeClockMet(tx: Tx, { id, at, due }: ClockMet): Promise<void> {
  await sql`
    update cases
    set response_met_at = coalesce(response_met_at, ${at}::timestamptz), due = coalesce(${due}::timestamptz, due)
    where id = ${id}::bigint`.execute(tx);
}

export async function writeClockRerated(tx: Tx, { id, due }: ClockRerated | ClockRated): Promise<void> {
  await sql`update cases set due = ${due}::timestamptz where id = ${id}::bigint`.execute(tx);
}
