import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** `closed`, or why not. Closing a closed case is a conflict: somebody else was there first. */
export async function closeCase(
  database: Database,
  number: string,
  actor: string,
): Promise<'closed' | 'not-found' | 'already-closed'> {
  return database.transaction(async (tx) => {
    const { rows } = await sql<{
      id: string;
      status: string;
    }>`select id, status from cases where number = ${number} for update`.execute(tx);
    const [row] = rows;
    if (!row) return 'not-found';
    if (row.status === 'closed') return 'already-closed';
    await sql`update cases set status = 'closed', closed_at = now(), version_no = version_no + 1 where id = ${row.id}`.execute(
      tx,
    );
    await sql`insert into case_events (case_id, at, kind, detail) values (${row.id}, now(), 'closed', ${JSON.stringify({ by: actor })}::jsonb)`.execute(
      tx,
    );
    await sql`insert into audit (actor, action, subject_kind, subject_id) values (${actor}, 'case-closed', 'case', ${number})`.execute(
      tx,
    );
    return 'closed';
  });
}

/** The severity that a reply has set (POLICY §4.2), beside the event and the audit row of the decision, which has locked the row. */
export async function rerateByMail(tx: Tx, id: string, given: { to: number; due: string | null }): Promise<void> {
  await sql`update cases set severity = ${given.to}, due = coalesce(${given.due}::timestamptz, due) where id = ${id}::bigint`.execute(
    tx,
  );
}

/**
 * The close of a customer (POLICY §6.1), beside the event and the audit row of the decision, which has locked the row and looked
 * at its version. It counts from the arrival of the mail (ISO 8601), as what may reopen the case does.
 */
export async function closeByMail(tx: Tx, id: string, arrivedAt: string): Promise<void> {
  await sql`update cases set status = 'closed', closed_at = greatest(opened_at, ${arrivedAt}::timestamptz) where id = ${id}::bigint`.execute(
    tx,
  );
}
