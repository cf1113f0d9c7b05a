import { z } from 'zod';
import { kindsFor } from '../../notices/kinds.ts';
import { grantedText } from '../../registry/contacts/privileges.ts';
import { contactMay, privilegeNames, privilegesOf } from '../../registry/permissions.ts';
import { addressesOf } from '../../registry/registry-rules.ts';
import { contactDetails, roles } from '../../registry/site.ts';
import { type Act, type ActLetter, type Given, refused } from '../act.ts';
import { siteNumber } from '../pins/issue-pin.ts';
import { letterTo, noRight } from '../self-service/telling.ts';
import type { PeopleRecord } from './records.ts';

const input = z.strictObject({
  site: siteNumber,
  contact: z.email().max(254).describe('an address on record there: who is told'),
});
type ListContacts = z.infer<typeof input>;

/** More would not be read in a letter: the table has all of them. */
export const mostShown = 40;

/** One row each, with what they may as it stands. */
export function tableOf({ people }: PeopleRecord, policy: Given['policy']): string[][] {
  const head = [
    'name',
    'email',
    'aliases',
    'role',
    'types',
    ...privilegeNames,
    'set apart',
    'letters',
    ...contactDetails,
  ];
  const rows = people.map((one) => {
    const may = privilegesOf(one.role, policy, one.privileges);
    return [
      ...[one.name, one.email, one.aliases.join('|'), one.role, one.types.join('|')],
      ...privilegeNames.map((name) => may[name]),
      grantedText(one.privileges ?? {}),
      kindsFor(one, policy).join('|'),
      ...contactDetails.map((name) => one[name] ?? ''),
      ...[one.until ?? '', one.lastSeen ?? ''],
    ];
  });
  return [[...head, 'until', 'last seen'], ...rows];
}

/** POLICY §7 `USERS`, `CONTACTS`. */
function listLetter(record: PeopleRecord, address: string, { policy }: Pick<Given, 'policy'>): ActLetter {
  const { site, people } = record;
  const inOrder = people.toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));
  const counts = roles.flatMap((role) => {
    const count = people.filter((one) => one.role === role).length;
    return count > 0 ? [{ role, count }] : [];
  });
  const shown = inOrder
    .slice(0, mostShown)
    .map(({ name, email, role, privileges = {}, lastSeen, subscriptions = [] }) => ({
      ...{ name, address: email, role, lastSeen: lastSeen ?? null },
      ended: subscriptions.flatMap(({ kind, wanted }) => (wanted ? [] : [kind])),
      privileges: privilegeNames.flatMap((one) =>
        one in privileges ? [{ name: one, value: privileges[one] ?? '' }] : [],
      ),
    }));
  const reader = people.find((one) => addressesOf(one).includes(address));
  const values = {
    ...{ siteName: site.name, site: site.number, total: people.length, counts, people: shown },
    ...{ more: people.length - shown.length, timezone: site.timezone },
    confirmedAt: record.confirmedAt ?? null,
    mayConfirm: reader !== undefined && contactMay('contacts: update', reader, policy),
    // What is to be corrected is shown as it is typed.
    own: reader
      ? {
          name: reader.name,
          address: reader.email,
          details: contactDetails.map((name) => ({ name, value: reader[name] ?? null })),
          letters: kindsFor(reader, policy),
        }
      : null,
    lacksSecondary: !people.some(({ role }) => role === 'secondary'),
  };
  const letter = letterTo({ address, site }, { template: 'contacts-list', values }, `USERS:${site.number}`);
  return {
    ...letter,
    asks: { kind: 'contacts', site: site.id },
    table: { filename: `contacts-${site.number}.csv`, rows: tableOf(record, policy) },
  };
}

export const listContacts: Act<ListContacts> = {
  name: 'list-contacts',
  input,
  right: 'people: view',
  does: 'sends a contact the list of the people of the site, with a table of all of them',
  gives: { changes: [], letters: ['contacts-list'] },
  byMail: '`USERS`, `CONTACTS`',
  needs: ({ site }) => ({ people: { site, seen: true } }),
  judge({ site, contact }, { people: record }, given) {
    if (!record) return refused('not-found', `There is no site ${site}.`);
    const address = contact.toLowerCase();
    const reader = record.people.find((one) => addressesOf(one).includes(address));
    if (!reader) return refused('not-found', `Site ${site} has nobody of the address ${contact} on record.`);
    if (!contactMay('people: view', reader, given.policy))
      return noRight('USERS', reader.role, given.by.kind === 'contact' ? undefined : contact);
    return {
      kind: 'done',
      changes: [],
      letters: [listLetter(record, address, given)],
      says: `The people of site ${site} were listed.`,
    };
  },
};
