import { sql } from 'kysely';
import type { Tx } from './database.ts';

/** The severity that a reply has set (POLICY §4.2), beside the event and the audit row of the decision, which has locked the row. */
export async function rerateByMail(tx: Tx, id: string, given: { to: number; due: string | null }): Promise<void> {
  await sql`update cases set severity = ${given.to}, due = coalesce(${given.due}::timestamptz, due) where id = ${id}::bigint`.execute(
    tx,
  );
}
