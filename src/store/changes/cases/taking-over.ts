import { sql } from 'kysely';
import type { CasesTakenOver } from '../../../changes/cases/taking-over.ts';
import type { Tx } from '../../database.ts';

/** By one statement, whatever their number; those that somebody works on at this moment are in. */
export async function writeCasesTakenOver(tx: Tx, { at }: CasesTakenOver): Promise<void> {
  await sql`
    update cases set silent_until = ${at}::timestamptz, timer_at = now()
    where silent_until = 'infinity'`.execute(tx);
}
