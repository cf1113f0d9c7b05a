/** How the answers of our people are written. */
import { sql } from 'kysely';
import { openAnswers, type StaffAnswered, type StaffAnswerSettled } from '../../../changes/cases/staff-mail.ts';
import { Failure } from '../../../foundation/failure.ts';
import type { Tx } from '../../database.ts';

/** Its case is looked at anew: what waits is due soon, and what was done may have moved what is due. */
export async function writeStaffAnswered(tx: Tx, change: StaffAnswered): Promise<void> {
  const { mail, id, letter, staff, content, at, state, dueAt, deeds, enclosed } = change;
  await sql`
    insert into staff_answers (mail_id, case_id, letter_id, staff, content, at, state, due_at, deeds, enclosed)
    values (
      ${mail}::bigint,
      ${id}::bigint,
      ${letter}::bigint,
      ${staff},
      ${content},
      ${at}::timestamptz,
      ${state},
      ${dueAt}::timestamptz,
      ${JSON.stringify(deeds)}::jsonb,
      ${JSON.stringify(enclosed)}::jsonb)`.execute(tx);
  await sql`update cases set timer_at = now() where id = ${id}::bigint`.execute(tx);
}

export async function writeStaffAnswerSettled(tx: Tx, change: StaffAnswerSettled): Promise<void> {
  const { rows } = await sql`
    update staff_answers
    set
      state = ${change.state},
      due_at = ${change.dueAt}::timestamptz,
      deeds = coalesce(${change.deeds === null ? null : JSON.stringify(change.deeds)}::jsonb, deeds)
    where mail_id = ${change.mail}::bigint and state = any(${[...openAnswers]}::text[])
    returning mail_id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `answer ${change.mail} was settled meanwhile`);
  if (change.state === 'waiting')
    await sql`update cases set timer_at = now() where id = ${change.id}::bigint`.execute(tx);
}
