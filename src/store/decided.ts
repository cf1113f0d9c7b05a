import { sql } from 'kysely';
import { Failure } from '../foundation/failure.ts';
import type { Tx } from './database.ts';

/** The held mail becomes what the answer made of it; `facts-stale` where another answer was faster. */
export async function settleOriginal(
  tx: Tx,
  given: { original: string; by: string; outcome: string; reason: string; caseId: string | null; letter: string },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update mails set outcome = ${given.outcome}, reason = ${given.reason}, case_id = ${given.caseId}, settled_by = ${given.by}
    where id = ${given.original} and outcome in ('held-pin-needed', 'held-unregistered') and case_id is null returning id`.execute(
    tx,
  );
  if (rows.length === 0) throw new Failure('facts-stale', `mail ${given.original} was settled by another answer`);
  await sql`update letters set settled_at = now() where id = ${given.letter}`.execute(tx);
}

/** `NEW`: the mail leaves the case that it was added to by a bare number; `facts-stale` where it is there no more. */
export async function takeOff(
  tx: Tx,
  given: { original: string; by: string; reason: string; from: string; caseId: string; letter: string },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update mails set outcome = 'case-opened', reason = ${given.reason}, case_id = ${given.caseId}, settled_by = ${given.by}
    where id = ${given.original} and outcome = 'case-updated' and case_id = (select id from cases where number = ${given.from}) returning id`.execute(
    tx,
  );
  if (rows.length === 0) throw new Failure('facts-stale', `mail ${given.original} is on case ${given.from} no more`);
  await sql`delete from case_messages where mail_id = ${given.original} and case_id = (select id from cases where number = ${given.from})`.execute(
    tx,
  );
  await sql`update letters set settled_at = now() where id = ${given.letter}`.execute(tx);
}
