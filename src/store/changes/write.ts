/** The only writer of changes: the row, its event on the case, its audit row, from one list. */
import { sql } from 'kysely';
import { actorOf } from '../../changes/by.ts';
import { auditOf, type Change, eventOf } from '../../changes/change.ts';
import { writeAudit } from '../audit.ts';
import type { Tx } from '../database.ts';
import type { WrittenLetter } from '../letters.ts';
import { writeCareClockStarted, writeCareClockStopped } from './care.ts';
import { writeCaseClosed } from './case.ts';
import { writeLetterReleased, writeLetterSuppressed } from './letter.ts';
import {
  putBackMails,
  putBackWaiting,
  refuseMails,
  refuseWaiting,
  writeMailAnswered,
  writeMailSettled,
  writeMailTakenOff,
} from './mail.ts';
import {
  writeQuestionAsked,
  writeQuestionSettled,
  writeQuestionsLapsed,
  writeSenderAdmitted,
  writeSenderBlocked,
  writeSenderRegistered,
  writeSenderUnblocked,
} from './sender.ts';

/** `letters` are those of the same act, which are written already. */
type Writer<C> = (tx: Tx, change: C, letters: readonly WrittenLetter[]) => Promise<void>;
/** One statement for as many as an act has. */
type Together<C> = { readonly all: (tx: Tx, changes: readonly C[]) => Promise<void> };

const writers = {
  'care-clock-started': writeCareClockStarted,
  'care-clock-stopped': writeCareClockStopped,
  'case-closed': writeCaseClosed,
  'letter-released': writeLetterReleased,
  'letter-suppressed': writeLetterSuppressed,
  'mail-answered': writeMailAnswered,
  'mail-refused': { all: refuseMails },
  'mail-released': { all: putBackMails },
  'mail-renewed': { all: putBackMails },
  'mail-replayed': { all: putBackMails },
  'mail-settled': writeMailSettled,
  'mail-taken-off': writeMailTakenOff,
  'mails-put-back': putBackWaiting,
  'mails-refused': refuseWaiting,
  'question-asked': writeQuestionAsked,
  'question-settled': writeQuestionSettled,
  'questions-lapsed': writeQuestionsLapsed,
  'sender-admitted': writeSenderAdmitted,
  'sender-blocked': writeSenderBlocked,
  'sender-registered': writeSenderRegistered,
  'sender-unblocked': writeSenderUnblocked,
} as const satisfies {
  [kind in Change['kind']]: Writer<Extract<Change, { kind: kind }>> | Together<Extract<Change, { kind: kind }>>;
};

/** Rows alone: whoever writes a decision has event and audit in its own statement. */
export async function writeRow(
  tx: Tx,
  changes: readonly [Change, ...Change[]],
  letters: readonly WrittenLetter[] = [],
): Promise<void> {
  const write = writers[changes[0].kind] as Writer<Change> | Together<Change>;
  if (typeof write !== 'function') return write.all(tx, changes);
  for (const change of changes) await write(tx, change, letters);
}

/** In their order; neighbours of one kind may be written by one statement. */
function runsOf(changes: readonly Change[]): [Change, ...Change[]][] {
  const runs: [Change, ...Change[]][] = [];
  for (const change of changes) {
    const last = runs.at(-1);
    if (last?.[0].kind === change.kind) last.push(change);
    else runs.push([change]);
  }
  return runs;
}

export async function writeChanges(
  tx: Tx,
  changes: readonly Change[],
  letters: readonly WrittenLetter[] = [],
): Promise<void> {
  for (const run of runsOf(changes)) await writeRow(tx, run, letters);
  for (const change of changes) {
    const event = eventOf(change);
    if (event && 'id' in change)
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
