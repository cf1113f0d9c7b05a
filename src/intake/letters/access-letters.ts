/** Letters that answer a mail about access (POLICY §8): to whoever asks, and to whoever decides. */

import type { Decision } from '../../access/request.ts';
import { decidedLetter, settledLetter } from '../../acts/access/access-letters.ts';
import type { AccessRecord } from '../../acts/access/records.ts';
import type { ActLetter } from '../../acts/act.ts';
import type { AccessResult } from '../../outbound/letters/access.ts';
import { answerTo } from '../../registry/recognise.ts';
import type { Contact, Site } from '../../registry/site.ts';
import { type Context, givenBy } from '../context.ts';
import { planned } from './letters.ts';
import type { PlannedLetter } from './planned-letter.ts';

/** A letter of an act, as the answer to the mail. */
const answering = (
  context: Context,
  { once: _, mail: __, encloses: ___, followsOwn: ____, fate: _____, ...letter }: ActLetter,
) => planned(context, letter, { ...letter, answers: undefined } as never, letter.asks);

/** The same whether the number of a site or a licence is right or not, to an address that may be anybody's (§8.3, §8.11). */
export const nextLetter = (
  context: Context,
  on: Pick<AccessRecord, 'address' | 'language'>,
  registers = false,
): PlannedLetter => {
  const { support, access } = context.policy.desk.addresses;
  return planned(
    context,
    { template: 'access-next', values: { access: access ?? support, registers } },
    {
      ...{ to: on.address, audience: 'stranger', language: on.language, case: null },
      matter: registers ? 'registration-next' : 'access-next',
    },
  );
};

type Told = { readonly result: AccessResult; readonly said?: string | null; readonly decision?: Decision | null };

/** To a decider: what has come of the answer. */
export const deciderLetter = (
  context: Context,
  on: AccessRecord,
  site: Site,
  contact: Contact,
  told: Told,
): PlannedLetter => {
  const to = answerTo(contact, context.sender ?? contact.email);
  const letter = settledLetter(on, site, givenBy(context, contact.id), { contact, to }, told);
  // What they were shown by the letter that they answer they have seen still.
  const before = context.answered?.asks;
  if (letter.asks?.kind !== 'decide-access' || before?.kind !== 'decide-access' || before.first === undefined)
    return answering(context, letter);
  return answering(context, { ...letter, asks: { ...letter.asks, first: before.first } });
};

/** To somebody who asks for what they have. */
export function onRecordLetter(context: Context, site: Site, contact: Contact): PlannedLetter {
  const on: AccessRecord = {
    ...{ id: '0', versionNo: 0, address: answerTo(contact, context.sender ?? contact.email), language: site.language },
    ...{ mail: null, careRuns: false, steps: [], site, people: [contact], peopleVersion: 0 },
    said: {
      site: site.number,
      name: contact.name,
      country: null,
      role: contact.role,
      justification: null,
      phone: null,
    },
  };
  const letter = decidedLetter(on, site, givenBy(context, contact.id), 'on-record');
  if (letter.template !== 'access-decided') return answering(context, letter);
  const values = { ...letter.values, role: contact.role };
  return answering(context, { ...letter, values, matter: `access-on-record:${site.number}` });
}
