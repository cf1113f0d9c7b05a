/** The page of a decision (POLICY §8.7): what it shows and takes, as its request stands, of whom its letter went to. */
import { tokensEnd } from '../../access/due.ts';
import { type Decision, decisionOf, firstGrantOf, stateOf, turnOf, wrongCodes } from '../../access/request.ts';
import type { Contact, Site } from '../../registry/site.ts';
import type { Given } from '../act.ts';
import { decidersAt, rightSite, samePerson } from './on-request.ts';
import type { AccessRecord, AskingLetter } from './records.ts';

/** Wrong codes on the page of one letter; what is asked can be answered by mail still. */
const mostWrongCodes = 5;

export type DecisionPage =
  /** They decide no longer, or are gone: nothing is shown to them. */
  | { readonly kind: 'no-right' }
  | { readonly kind: 'decided'; readonly site: Site; readonly decision: Decision }
  /** `spent`: the letter has decided once, and that was taken back. `over`: it is too old. `locked`: too many wrong codes. */
  /** `waits`: they have granted it, and a second who decides is missing. */
  | { readonly kind: 'spent' | 'over' | 'locked' | 'waits'; readonly site: Site }
  | { readonly kind: 'open'; readonly site: Site; readonly contact: Contact; readonly left: number };

export function decisionPage(
  letter: AskingLetter,
  on: AccessRecord,
  given: Pick<Given, 'now' | 'policy'>,
): DecisionPage {
  const site = rightSite(on);
  const contact = decidersAt(on, given as Given).find(({ email, aliases }) => [email, ...aliases].includes(letter.to));
  if (!site || !contact) return { kind: 'no-right' };
  const decision = decisionOf(on.steps);
  if (decision) return { kind: 'decided', site, decision };
  const state = stateOf(on.steps);
  if (state !== 'waiting' && state !== 'with-client-care') return { kind: 'over', site };
  const first = firstGrantOf(on.steps);
  if (first && samePerson(on, first.by, `contact ${contact.id}`)) return { kind: 'waits', site };
  if (letter.turn !== turnOf(on.steps, `contact ${contact.id}`)) return { kind: 'spent', site };
  if (Date.parse(given.now) > Date.parse(tokensEnd(on.steps, given.policy.access))) return { kind: 'over', site };
  const left = mostWrongCodes - wrongCodes(on.steps, letter.id);
  return left > 0 ? { kind: 'open', site, contact, left } : { kind: 'locked', site };
}
