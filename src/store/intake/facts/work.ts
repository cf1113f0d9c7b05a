/**
 * What our own people's answers to notifications are decided on (POLICY §3.r6): the whole case, and whether the same answer came before. Asked
 * for by itself, where a mail answers such a letter of its sender's; all others are decided in one round trip.
 */
import { sql } from 'kysely';
import { mailId } from '../../../foundation/ids.ts';
import type { Facts, Question } from '../../../intake/facts.ts';
import { wholeCases } from '../../cases/worked-cases.ts';
import type { Db, Tx } from '../../database.ts';

type Asked = { readonly facts: Facts };

/** The notification that it answers, nearest first. */
function answered(question: Question | undefined, { letters }: Facts) {
  const all = (question?.letters ?? []).flatMap((id) => letters.find((letter) => letter.id === id) ?? []);
  const asks = all[0]?.asks;
  return asks?.kind === 'work' && asks.staff === question?.sender ? asks : null;
}

async function repeated(db: Db | Tx, { sender, contentHash, mail }: Question): Promise<string | null> {
  const { rows } = await sql<{ mail: string }>`
    select mail_id::text as mail
    from staff_answers
    where staff = ${sender} and content = ${contentHash} and mail_id <> ${mail}::bigint
    order by mail_id
    limit 1`.execute(db);
  return rows[0]?.mail ?? null;
}

export async function withWork<T extends Asked>(db: Db | Tx, questions: readonly Question[], all: T[]): Promise<T[]> {
  const asked = all.map(({ facts }, i) => answered(questions[i], facts));
  if (asked.every((asks) => asks === null)) return all;
  const cases = await wholeCases(db, [...new Set(asked.flatMap((asks) => asks?.case ?? []))]);
  const out: T[] = [];
  for (const [i, one] of all.entries()) {
    const on = cases.find(({ number }) => number === asked[i]?.case);
    const question = questions[i];
    if (!on || !question) {
      out.push(one);
      continue;
    }
    const repeats = await repeated(db, question);
    out.push({ ...one, facts: { ...one.facts, work: { on, repeats: repeats === null ? null : mailId(repeats) } } });
  }
  return out;
}
