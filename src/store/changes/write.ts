/** The only writer of changes: the row, its event on the case, its audit row, from one list. */
import { sql } from 'kysely';
import { actorOf, mailOf } from '../../changes/by.ts';
import { auditOf, type Change, eventOf } from '../../changes/change.ts';
import { type AuditLine, writeAudit } from '../audit.ts';
import type { Tx } from '../database.ts';
import { writeCaseClosed } from './case.ts';
import { writeCodeAsked, writeCodeUsed, writeCodeWrong } from './code.ts';
import { writeContactHardToReach, writeLetterReturned } from './contact.ts';
import { writeLetterReleased, writeLetterSuppressed } from './letter.ts';
import { writePinIssued, writePinTried } from './pin.ts';
import {
  writePrivilegedPinIssued,
  writePrivilegedPinRevoked,
  writePrivilegedPinTried,
  writePrivilegedPinUsed,
} from './privileged-pin.ts';

/** Nothing: as it was handed in. Else with what only its writing could know; null where nothing has become otherwise. */
type Written<C> = Promise<C | null> | Promise<void>;

const writers = {
  'case-closed': writeCaseClosed,
  'letter-released': writeLetterReleased,
  'letter-suppressed': writeLetterSuppressed,
  'pin-issued': writePinIssued,
  'pin-tried': writePinTried,
  'privileged-pin-issued': writePrivilegedPinIssued,
  'privileged-pin-used': writePrivilegedPinUsed,
  'privileged-pin-revoked': writePrivilegedPinRevoked,
  'privileged-pin-tried': writePrivilegedPinTried,
  'code-asked': writeCodeAsked,
  'code-used': writeCodeUsed,
  'code-wrong': writeCodeWrong,
  'letter-returned': writeLetterReturned,
  'contact-doubtful': writeContactHardToReach,
  'contact-unreachable': writeContactHardToReach,
} as const satisfies {
  [kind in Change['kind']]: (
    tx: Tx,
    change: Extract<Change, { kind: kind }>,
  ) => Written<Extract<Change, { kind: kind }>>;
};

/** Answers with the changes as they were written. */
export async function writeChanges(tx: Tx, changes: readonly Change[]): Promise<Change[]> {
  const done: Change[] = [];
  const lines: AuditLine[] = [];
  for (const asked of changes) {
    const write = writers[asked.kind] as (tx: Tx, change: Change) => Written<Change>;
    const made = await write(tx, asked);
    if (made === null) continue;
    const change = made ?? asked;
    done.push(change);
    const audit = auditOf(change);
    if (audit) lines.push({ actor: actorOf(change.by), ...audit });
    const event = eventOf(change);
    if (event)
      await sql`
        insert into case_events (case_id, at, kind, mail_id, detail)
        values (
          ${event.caseId}::bigint,
          ${change.at}::timestamptz,
          ${event.kind},
          ${mailOf(change.by)}::bigint,
          ${JSON.stringify(event.detail)}::jsonb)`.execute(tx);
  }
  await writeAudit(tx, lines);
  return done;
}
