/** Who may add to a case (POLICY §3.r9): the contacts of its site, a provisional caller on own cases only (§8.3), and whoever takes part in it. */
import { contactAtSite } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import type { CaseFacts, Facts } from '../facts.ts';

export type Writer = {
  /** The sender as a contact of the case's site; null for somebody who only takes part in it. */
  readonly contact: Contact | null;
  readonly admitted: boolean;
};

export function writerOn(facts: Pick<Facts, 'contacts'>, sender: string, on: CaseFacts): Writer {
  const contact = contactAtSite(facts.contacts, sender, on.site)?.contact ?? null;
  // By any of the addresses on record: a case that was opened from one of them is followed from another.
  const own = [sender, ...(contact ? [contact.email, ...contact.aliases] : [])];
  const takesPart = own.some((address) => on.participants.includes(address));
  return { contact, admitted: (contact !== null && contact.role !== 'provisional caller') || takesPart };
}
