/** How proposed solutions and what customers say after the close are written. */
import { sql } from 'kysely';
import { mailOf } from '../../../changes/by.ts';
import type { SatisfactionGiven, SolutionAnswered, SolutionProposed } from '../../../changes/cases/closing.ts';
import type { Tx } from '../../database.ts';

export async function writeSolutionProposed(tx: Tx, { id, at }: SolutionProposed): Promise<void> {
  await sql`update cases set proposed_at = ${at}::timestamptz where id = ${id}::bigint`.execute(tx);
}

export async function writeSolutionAnswered(tx: Tx, { id }: SolutionAnswered): Promise<void> {
  await sql`update cases set proposed_at = null where id = ${id}::bigint`.execute(tx);
}

export async function writeSatisfactionGiven(tx: Tx, { id, letter, score, at, by }: SatisfactionGiven): Promise<void> {
  await sql`
    insert into satisfaction_answers (case_id, letter_id, mail_id, score, at)
    values (
      ${id}::bigint,
      ${letter}::bigint,
      ${mailOf(by)}::bigint,
      ${score},
      ${at}::timestamptz)`.execute(tx);
}
