/** Who of a site wrote (POLICY §1, §3.r14 to r18). Addresses are normalised (`Mailbox.address`) on both sides. */
import type { SiteId } from '../foundation/ids.ts';
import type { Contact } from './site.ts';

type Recognised = { readonly contact: Contact; readonly by: 'email' | 'alias' };

function match(contact: Contact, address: string): Recognised | null {
  if (contact.email === address) return { contact, by: 'email' };
  return contact.aliases.includes(address) ? { contact, by: 'alias' } : null;
}

/**
 * The contact of that site with that address, null where there is none. `contacts` are those found by the address at all
 * sites: a person may belong to several. The e-mail address goes before somebody else's further address.
 */
export function contactAtSite(contacts: readonly Contact[], address: string, site: SiteId): Recognised | null {
  const found = contacts.flatMap((contact) => (contact.siteId === site ? (match(contact, address) ?? []) : []));
  return found.find((one) => one.by === 'email') ?? found[0] ?? null;
}

/** The sites at which the address is on record, each once, in the order given. */
export function sitesOf(contacts: readonly Contact[], address: string): SiteId[] {
  return [...new Set(contacts.filter((one) => match(one, address) !== null).map((one) => one.siteId))];
}

/** Where an answer to a mail from this address goes: to that address as it stands on record, else to the e-mail address. */
export const answerTo = (contact: Contact, address: string): string =>
  match(contact, address)?.by === 'alias' ? address : contact.email;
