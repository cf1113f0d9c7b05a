/** How changes of a case are written. Audit row and event come from the table of changes, beside these. */
import { sql } from 'kysely';
import type { CaseClosed, CaseReopened } from '../../changes/case.ts';
import type { Tx } from '../database.ts';

export async function writeCaseClosed(tx: Tx, change: CaseClosed): Promise<void> {
  // A mail that came before the case was opened, and is read after it, closes it at its first moment.
  await sql`
    update cases set
      status = 'closed',
      closed_at = greatest(opened_at, ${change.at}::timestamptz),
      proposal = null,
      proposed_at = null,
      -- A pause ends with the close: whoever reopens it has the clock run.
      clock_runs = true,
      -- Others who take part are told.
      timer_at = now()
    where id = ${change.id}::bigint`.execute(tx);
}

/** Of an act; in a decision it goes by the batched statement. */
export async function writeCaseReopened(tx: Tx, { id, fillsIn }: CaseReopened): Promise<void> {
  await sql`
    update cases set status = 'open', closed_at = null, report = ${JSON.stringify(fillsIn)}::jsonb || report
    where id = ${id}::bigint`.execute(tx);
}
