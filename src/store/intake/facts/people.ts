/**
 * The people of the sender's sites (POLICY §8.8). Asked for by themselves, where the mail is a command about them, brings the code of one, or answers the list: all
 * others are decided in one round trip.
 */

import { asksForPeople } from '../../../intake/commands/commands.ts';
import type { Facts, Question } from '../../../intake/facts.ts';
import { peopleOf } from '../../contacts/people.ts';
import type { Db, Tx } from '../../database.ts';

type Asked = { readonly facts: Facts };

/** The numbers of the sites that are asked about. */
function sitesOf(
  question: Question | undefined,
  { contacts, confirmations = [], letters, sites }: Facts,
): readonly string[] {
  const codes = confirmations.flatMap(({ matches, asks: { act } }) =>
    matches && (act.kind === 'contacts' || act.kind === 'hand-over') ? [act.site] : [],
  );
  const own = question?.command && asksForPeople(question.command) ? contacts.map(({ siteId }) => siteId) : [];
  const listed = letters.flatMap(({ asks }) => (asks?.kind === 'contacts' ? [asks.site] : []));
  return [...new Set([...codes, ...own, ...listed])].flatMap((id) => sites[id]?.site.number ?? []);
}

export async function withPeople<T extends Asked>(db: Db | Tx, questions: readonly Question[], all: T[]): Promise<T[]> {
  const asked = all.map(({ facts }, i) => sitesOf(questions[i], facts));
  if (asked.every((numbers) => numbers.length === 0)) return all;
  const out: T[] = [];
  for (const [i, one] of all.entries()) {
    const numbers = asked[i] ?? [];
    const listed = questions[i]?.command === 'USERS' || questions[i]?.command === 'CONTACTS';
    out.push(
      numbers.length === 0 ? one : { ...one, facts: { ...one.facts, people: await peopleOf(db, numbers, listed) } },
    );
  }
  return out;
}
