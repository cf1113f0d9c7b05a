/** What a contact sees of cases. */
import type { CaseInList } from '../../outbound/letter.ts';
import { contactMay } from '../../registry/permissions.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import type { Contact } from '../../registry/site.ts';
import type { OwnCaseLine } from '../self-service/records.ts';

const isOwn = (line: OwnCaseLine, contact: Contact): boolean => line.contact === contact.id || takesPart(line, contact);

/** §7, §8.3: a provisional caller sees own cases, a licence user those about licences and own ones. */
export function maySee(line: OwnCaseLine, contact: Contact): boolean {
  if (contact.role === 'provisional caller') return isOwn(line, contact);
  return contact.role !== 'licence user' || isOwn(line, contact) || line.kind === 'licensing';
}

/** Whether a word of theirs closes it, or agrees to a severity. */
export const mayAnswerFor = (
  line: OwnCaseLine,
  contact: Contact,
  policy: Pick<RegistryPolicy, 'roleDefaults'>,
): boolean =>
  contactMay('cases: update', contact, policy) && (contact.role !== 'licence user' || takesPart(line, contact));

export const takesPart = (
  on: { readonly participants: readonly string[] } | undefined,
  { email, aliases }: Pick<Contact, 'email' | 'aliases'>,
): boolean => [email, ...aliases].some((one) => on?.participants.includes(one));

/** What of the customer a case waits for. A proposed solution is what its pause is for. */
function waitsFor({ status, stands }: OwnCaseLine): CaseInList['waitsFor'] {
  if (status === 'closed' || !stands) return null;
  if (stands.proposedAt !== null) return 'solution';
  if (stands.proposal?.by === 'staff') return 'severity';
  return stands.waits === null ? null : 'answer';
}

export const inList = (line: OwnCaseLine): CaseInList => {
  const { number, title, severity, due } = line;
  return { number, title, severity, due, waitsFor: waitsFor(line) };
};
