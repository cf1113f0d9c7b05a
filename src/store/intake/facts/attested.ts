/**
 * The people of a site, of whom it was asked who stays (POLICY §8.10). Asked for by themselves, where the mail answers that letter or brings
 * the code of such an answer: all others are decided in one round trip.
 */
import type { Facts, Question } from '../../../intake/facts.ts';
import { peopleOf } from '../../contacts/people.ts';
import type { Db, Tx } from '../../database.ts';

type Asked = { readonly facts: Facts };

/** The numbers of the sites that are asked about. */
function sitesOf(question: Question | undefined, { letters, confirmations = [], sites }: Facts): readonly string[] {
  const answered = letters.flatMap(({ id, asks }) =>
    asks?.kind === 'attest' && question?.letters.includes(id) ? [asks.site] : [],
  );
  const codes = confirmations.flatMap(({ matches, asks: { act } }) =>
    matches && act.kind === 'attest' ? [act.site] : [],
  );
  return [...new Set([...answered, ...codes])].flatMap((id) => sites[id]?.site.number ?? []);
}

export async function withAttested<T extends Asked>(
  db: Db | Tx,
  questions: readonly Question[],
  all: T[],
): Promise<T[]> {
  const asked = all.map(({ facts }, i) => sitesOf(questions[i], facts));
  if (asked.every((numbers) => numbers.length === 0)) return all;
  const out: T[] = [];
  for (const [i, one] of all.entries()) {
    const numbers = asked[i] ?? [];
    out.push(
      numbers.length === 0 ? one : { ...one, facts: { ...one.facts, people: await peopleOf(db, numbers, false) } },
    );
  }
  return out;
}
