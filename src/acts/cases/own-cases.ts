/** What a contact sees of cases. */
import type { Contact } from '../../registry/site.ts';
import type { OwnCaseLine } from '../self-service/records.ts';

/** §7, §8.3: a provisional caller sees own cases, a licence user those about licences and own ones. */
export function maySee(line: OwnCaseLine, contact: Contact): boolean {
  const own = line.contact === contact.id || takesPart(line, contact);
  if (contact.role === 'provisional caller') return own;
  return contact.role !== 'licence user' || own || line.kind === 'licensing';
}

export const takesPart = (
  on: { readonly participants: readonly string[] } | undefined,
  { email, aliases }: Pick<Contact, 'email' | 'aliases'>,
): boolean => [email, ...aliases].some((one) => on?.participants.includes(one));

export const inList = ({ number, title, severity, due }: OwnCaseLine) => ({ number, title, severity, due });
