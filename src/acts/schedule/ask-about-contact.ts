import { z } from 'zod';
import { addresseesOf } from '../../registry/contacts/addressees.ts';
import { type Act, refused } from '../act.ts';
import { siteLetter } from './turn-letters.ts';

const input = z.strictObject({ contact: z.string().regex(/^\d{1,18}$/), site: z.string() });

/** POLICY §9: a letter to a contact came back for good; the primary is asked once whether the address is right. */
export const askAboutContact: Act<z.infer<typeof input>> = {
  name: 'ask-about-contact',
  input,
  right: 'none',
  does: 'asks the primary of a site about a contact whose address came back',
  gives: { changes: ['contact-asked-about'], letters: ['contact-unreached'] },
  byClock: ['contacts-asked-about'],
  needs: ({ contact, site }) => ({ doubtful: contact, people: { site } }),
  judge({ contact }, { doubtful, people: record }, { now: at, by, policy }) {
    const person = record?.people.find(({ id }) => id === contact);
    if (!doubtful || !record || !person) return refused('not-found', 'Nothing has come back from them.');
    const others = record.people.filter((one) => one.id !== person.id);
    const [to] = addresseesOf('contact-unreached', others, policy);
    const { id: site, number: siteNumber, name: siteName } = record.site;
    const { email: address, name } = person;
    const values = { siteName, site: siteNumber, name, address };
    const asked = { kind: 'contact-asked-about', site, siteNumber, contact: person.id, address } as const;
    const key = `unreached:${person.id}:${doubtful.since}`;
    const letter = to && {
      ...siteLetter(record, to, { template: 'contact-unreached', values }, key),
      asks: { kind: 'attest', site, contact: person.id } as const,
    };
    return {
      kind: 'done',
      changes: [{ ...asked, to: to?.email ?? null, at, by }],
      letters: letter ? [letter] : [],
    };
  },
};
