/** What a contact sees of cases. */
import type { CaseInList } from '../../outbound/letter.ts';
import { contactMay, isTheirs, takesPart } from '../../registry/permissions.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import type { Contact } from '../../registry/site.ts';
import type { OwnCaseLine } from '../self-service/records.ts';

/** §7, §8.3: a provisional caller sees own cases, a licence user those about licences and own ones. */
export const maySee = (line: OwnCaseLine, contact: Contact): boolean =>
  line.contact === contact.id || isTheirs(line, contact);

/** Whether a word of theirs closes it, or agrees to a severity. */
export const mayAnswerFor = (
  line: OwnCaseLine,
  contact: Contact,
  policy: Pick<RegistryPolicy, 'roleDefaults'>,
): boolean =>
  contactMay('cases: update', contact, policy) && (contact.role !== 'licence user' || takesPart(line, contact));

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
