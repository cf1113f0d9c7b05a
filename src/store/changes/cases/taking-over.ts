import { sql } from 'kysely';
import type { CasesTakenOver } from '../../../changes/cases/taking-over.ts';
import type { Tx } from '../../database.ts';

/** By one statement, whatever their number; those that somebody works on at this moment are in. */
export async function writeCasesTakenOver(tx: Tx, { at }: CasesTakenOver): Promise<void> {
  await sql`
    with taken as (
      update cases set behind = false, timer_at = now()
      where behind
      returning id
    )
    insert into case_events (case_id, at, kind, detail)
    select id, ${at}::timestamptz, 'timers-begun', '{}'
    from taken
    order by id`.execute(tx);
}
