/**
 * Requests for access that a mail is about (POLICY §8). Asked for by itself, where it asks for access or answers a letter about that; all
 * others are decided in one round trip.
 */
import type { AccessRecord } from '../../../acts/access/records.ts';
import type { Facts, Question } from '../../../intake/facts.ts';
import { requestById, requestsOf } from '../../access/requests.ts';
import type { Db, Tx } from '../../database.ts';

type Asked = { readonly facts: Facts };

/** The letter that it answers, nearest first; else a code that stands in it. */
function requestIn(
  question: Question | undefined,
  { letters, confirmations = [] }: Facts,
): { readonly id: string; readonly named: string | null; readonly alone: boolean } | null {
  const answered = (question?.letters ?? []).flatMap((id) => letters.find((letter) => letter.id === id) ?? []);
  for (const { asks } of answered)
    if (asks?.kind === 'verify-access') return { id: asks.request, named: question?.accessSite ?? null, alone: true };
    else if (asks?.kind === 'decide-access') return { id: asks.request, named: null, alone: false };
  for (const { asks } of confirmations)
    if (asks.act.kind === 'access') return { id: asks.act.request, named: null, alone: false };
  return null;
}

export async function withAccess<T extends Asked>(db: Db | Tx, questions: readonly Question[], all: T[]): Promise<T[]> {
  const out: T[] = [];
  for (const [i, one] of all.entries()) {
    const question = questions[i];
    const about = requestIn(question, one.facts);
    const asks = question?.access === true && question.sender !== null;
    if (about === null && !asks) {
      out.push(one);
      continue;
    }
    const request = about === null ? null : await requestById(db, about.id, about);
    const own: AccessRecord[] = asks && question.sender !== null ? await requestsOf(db, question.sender) : [];
    // Of a decision the people of its site are asked for with it: whoever decides is on record there.
    out.push({ ...one, facts: { ...one.facts, access: { request, own } } });
  }
  return out;
}
