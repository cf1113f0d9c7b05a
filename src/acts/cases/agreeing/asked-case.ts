/** A case on which either side asks for something: our people whichever they name, a contact the one that their mail answers. */

import type { Letter } from '../../../outbound/letter.ts';
import { takesPart } from '../../../registry/permissions.ts';
import type { SiteFacts } from '../../../registry/site.ts';
import type { ActLetter } from '../../act.ts';
import { type Given, type Records, type Refusal, refused } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import type { OwnRecord } from '../../self-service/records.ts';
import { letterTo } from '../../self-service/telling.ts';
import { toPeople } from '../case-letters.ts';
import { theCase, theOpenCase } from '../on-case.ts';
import type { AnsweredCase, WorkedCase } from '../records.ts';

type AskedCase = AnsweredCase & {
  readonly of: SiteFacts;
  readonly contact: OwnRecord['contact'] | null;
  /** Tells whoever asks; our people ask for the customer, who is told with all who take part. */
  readonly tell: (letter: Letter, matter: string) => ActLetter[];
};

const ofContact = (own: OwnRecord, on: AnsweredCase | undefined, closedToo: boolean): AskedCase | Refusal => {
  if (!on) return refused('conflict', 'The mail is no reply to a case of the site.', 'answer-the-case');
  const { contact } = own;
  if (contact.role === 'licence user' && !takesPart(on, contact))
    return refused('no-right', `Case ${on.number} is not one of the licence user's own.`, 'no-right');
  if (on.status === 'closed' && !closedToo) return refused('conflict', `Case ${on.number} is closed.`, 'case-closed');
  const tell = (letter: Letter, matter: string) => [letterTo(own, letter, `${matter}:${on.number}`, on.number)];
  return { ...on, of: own, contact, tell };
};

const ofStaff = (on: WorkedCase): AskedCase => ({
  ...on,
  answered: on.answeredAt !== null,
  requester: on.contactAddress,
  participants: on.participants.map(({ address }) => address),
  contact: null,
  tell: (letter, matter) => toPeople(on, letter, { matter: `${matter}:${on.number}` }),
});

/** `closedToo`: what is asked for is between them and us, and the case goes on as it is. */
export function askedCase(
  asked: { readonly case: string },
  records: Records,
  given: Given,
  { closedToo = false }: { readonly closedToo?: boolean } = {},
): AskedCase | Refusal {
  if (given.by.kind === 'contact') {
    const { own } = records;
    return own ? ofContact(own, own.on, closedToo) : refused('not-found', `There is no case ${asked.case}.`);
  }
  const who = staffFor(given, 'cases: work');
  if (isRefusal(who)) return who;
  const on = (closedToo ? theCase : theOpenCase)(records, asked.case);
  return 'says' in on ? on : ofStaff(on);
}
