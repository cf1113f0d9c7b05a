/** How what our people do on a case is written. */
import { sql } from 'kysely';
import type { KindSet, MessageWritten, OwnerSet } from '../../../changes/cases/work.ts';
import { isWritten } from '../../../outbound/letter.ts';
import type { Tx } from '../../database.ts';
import type { WrittenLetter } from '../../letters/letters.ts';

export async function writeOwnerSet(tx: Tx, { id, to }: OwnerSet): Promise<void> {
  await sql`update cases set owner = ${to} where id = ${id}::bigint`.execute(tx);
}

export async function writeKindSet(tx: Tx, { id, to }: KindSet): Promise<void> {
  await sql`
    update cases set
      kind = ${to.kind},
      reference = ${to.reference},
      priority = ${to.priority},
      planned = ${to.planned},
      resolved_in = ${to.resolvedIn},
      declined = ${to.declined}
    where id = ${id}::bigint`.execute(tx);
}

/** One row, however many letters bring it: the first of them stands for it in its thread. */
export async function writeMessageWritten(
  tx: Tx,
  { id, direction, author, text, attachments, at }: MessageWritten,
  letters: readonly WrittenLetter[],
): Promise<void> {
  // No notice to our own people, and no letter that is on the case by itself, such as the one that says it is closed.
  const brings = (one: WrittenLetter) => one.caseId === id && one.fresh && isWritten(one.template);
  const letter = direction === 'out' ? (letters.find(brings)?.id ?? null) : null;
  await sql`
    insert into case_messages (case_id, letter_id, direction, author, automatic, text, attachments, at)
    values (
      ${id}::bigint,
      ${letter}::bigint,
      ${direction},
      ${author},
      false,
      ${text},
      ${JSON.stringify(attachments)}::jsonb,
      ${at}::timestamptz)`.execute(tx);
}

/** Its event alone says it. */
export async function writeEventAlone(): Promise<void> {}
