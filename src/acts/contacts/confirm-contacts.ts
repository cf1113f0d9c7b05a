import { z } from 'zod';
import { contactMay } from '../../registry/permissions.ts';
import { addressesOf } from '../../registry/registry-rules.ts';
import { type Act, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { letterTo, noRight } from '../self-service/telling.ts';
import { atSite } from './contact-letters.ts';

const input = z.strictObject({
  site: siteNumber,
  contact: z.email().max(254).describe('an address on record there: who says that the list is right'),
});

/** POLICY §9 `CONTACTS CONFIRM`. */
export const confirmContacts: Act<z.infer<typeof input>> = {
  name: 'confirm-contacts',
  input,
  right: 'contacts: update',
  does: 'says that the list of the people of a site is right',
  gives: { changes: ['contacts-confirmed'], letters: ['contacts-changed'] },
  byMail: '`CONTACTS CONFIRM`',
  needs: ({ site }) => ({ people: { site } }),
  judge({ site, contact }, { people: record }, { by, now: at, policy }) {
    if (!record) return refused('not-found', `There is no site ${site}.`);
    const address = contact.toLowerCase();
    const reader = record.people.find((one) => addressesOf(one).includes(address));
    if (!reader) return refused('not-found', `Site ${site} has nobody of the address ${contact} on record.`);
    if (!contactMay('contacts: update', reader, policy))
      return noRight('CONTACTS CONFIRM', reader.role, by.kind === 'contact' ? undefined : contact);
    const { id, number } = record.site;
    const values = { ...atSite(record), reader: 'confirmed', asker: reader.name, done: true } as const;
    const letter = { template: 'contacts-changed', values: { ...values, waitsFor: null, lines: [] } } as const;
    return {
      kind: 'done',
      changes: [{ kind: 'contacts-confirmed', site: id, siteNumber: number, at, by }],
      letters: [letterTo({ address, site: record.site }, letter, `CONTACTS CONFIRM:${number}`)],
      says: `The contacts of site ${number} are confirmed to be right.`,
    };
  },
};
