import { sql } from 'kysely';
import type { SeveritySet } from '../../changes/clock.ts';
import type { Tx } from '../database.ts';

export async function writeSeveritySet(tx: Tx, change: SeveritySet): Promise<void> {
  await sql`
    update cases set severity = ${change.to}, due = coalesce(${change.due}::timestamptz, due)
    where id = ${change.id}::bigint`.execute(tx);
}
