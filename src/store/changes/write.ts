/** The only writer of changes: the row, its event on the case, its audit row, from one list. */
import { sql } from 'kysely';
import { actorOf } from '../../changes/by.ts';
import { auditOf, type Change, eventOf } from '../../changes/change.ts';
import { writeAudit } from '../audit.ts';
import type { Tx } from '../database.ts';
import type { LetterRow } from '../letters.ts';
import { writeCaseClosed } from './case.ts';
import { writeLetterReleased, writeLetterSuppressed } from './letter.ts';

const writers = {
  'case-closed': writeCaseClosed,
  'letter-released': writeLetterReleased,
  'letter-suppressed': writeLetterSuppressed,
} as const satisfies {
  [kind in Change['kind']]: (
    tx: Tx,
    change: Extract<Change, { kind: kind }>,
    letters: readonly LetterRow[],
  ) => Promise<void>;
};

type Write = (tx: Tx, change: Change, letters: readonly LetterRow[]) => Promise<void>;

/**
 * Rows alone: whoever writes a decision has event and audit in its own statement. `letters` are those of the same commit, which are
 * written already.
 */
export async function writeRow(tx: Tx, change: Change, letters: readonly LetterRow[] = []): Promise<void> {
  await (writers[change.kind] as Write)(tx, change, letters);
}

export async function writeChanges(tx: Tx, changes: readonly Change[], letters: readonly LetterRow[]): Promise<void> {
  for (const change of changes) {
    await writeRow(tx, change, letters);
    const event = eventOf(change);
    if (event)
      await sql`
        insert into case_events (case_id, at, kind, detail)
        values (
          ${change.id}::bigint,
          ${change.at}::timestamptz,
          ${event.kind},
          ${JSON.stringify(event.detail)}::jsonb)`.execute(tx);
  }
  await writeAudit(
    tx,
    changes.flatMap((change) => {
      const audit = auditOf(change);
      return audit ? [{ actor: actorOf(change.by), ...audit }] : [];
    }),
  );
}
