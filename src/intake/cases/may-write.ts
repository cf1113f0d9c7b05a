/** Who may add to a case (POLICY §3.r9): the contacts of its site, each on what is theirs (§1, §8.3, §11.7), and whoever takes part in it. */
import { contactMay, isTheirs } from '../../registry/permissions.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import { contactAtSite } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import type { CaseFacts, Facts } from '../facts.ts';

export type Writer = {
  /** The sender as a contact of the case's site; null for somebody who only takes part in it. */
  readonly contact: Contact | null;
  readonly admitted: boolean;
  /** What they write would be added if their privileges went further than to follow cases (§11.7). */
  readonly mayNotAnswer: boolean;
};

type Known = Pick<Facts, 'contacts'>;

export function writerOn(
  facts: Known,
  sender: string,
  on: CaseFacts,
  policy: Pick<RegistryPolicy, 'roleDefaults'>,
): Writer {
  const contact = contactAtSite(facts.contacts, sender, on.site)?.contact ?? null;
  if (contact === null) return { contact, admitted: on.participants.includes(sender), mayNotAnswer: false };
  const theirs = isTheirs(on, contact) || on.participants.includes(sender);
  const answers = contactMay('cases: update', contact, policy);
  return { contact, admitted: theirs && answers, mayNotAnswer: theirs && !answers };
}
