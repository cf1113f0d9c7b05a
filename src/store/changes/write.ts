/** The only writer of changes: the row, its event on the case, its audit row, from one list. */
import { sql } from 'kysely';
import { auditOf, type Change, eventsOf, isBatched, type OwnChange } from '../../changes/change.ts';
import { writeAudit } from '../audit.ts';
import type { Tx } from '../database.ts';
import { writeCaseClosed } from './case.ts';
import { writeSeveritySet } from './clock.ts';
import { writeLetterReleased, writeLetterSuppressed } from './letter.ts';

type Writer<C> = (tx: Tx, change: C) => Promise<void>;

/** What goes by the batched statement of the mails has its rows in batched.ts. */
const writers = {
  'case-closed': writeCaseClosed,
  'letter-released': writeLetterReleased,
  'letter-suppressed': writeLetterSuppressed,
  'severity-set': writeSeveritySet,
} as const satisfies { [kind in OwnChange['kind']]: Writer<Extract<OwnChange, { kind: kind }>> };

/** Rows alone: whoever writes a decision has event and audit in its own statement. */
export async function writeRow(tx: Tx, change: Change): Promise<void> {
  if (isBatched(change)) return;
  await (writers[change.kind as OwnChange['kind']] as Writer<Change>)(tx, change);
}

export async function writeChanges(tx: Tx, changes: readonly OwnChange[]): Promise<void> {
  for (const change of changes) {
    await writeRow(tx, change);
    for (const { caseId, at, kind, mail, detail } of eventsOf(change))
      await sql`
        insert into case_events (case_id, at, kind, mail_id, detail)
        values (
          ${caseId}::bigint,
          ${at}::timestamptz,
          ${kind},
          ${mail}::bigint,
          ${JSON.stringify(detail)}::jsonb)`.execute(tx);
  }
  await writeAudit(
    tx,
    changes.map(auditOf).filter((line) => line !== null),
  );
}
