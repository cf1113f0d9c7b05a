/** Letters about the people of a site, in every variant. */
import { siteNumber } from '../../foundation/ids.ts';
import { levelsOf, privilegeNames } from '../../registry/contacts/privileges.ts';
import { contactDetails, roles } from '../../registry/site.ts';
import { type Letter, type PersonResult, personRefusals } from '../letter.ts';

const at = { siteName: 'Aldous Robotics', site: siteNumber('1000345') };
const line = (kind: PersonResult['kind'], more: Partial<PersonResult> = {}): PersonResult => ({
  ...{ kind, address: 'nia@aldous.example', name: '77', role: null, privilege: null, value: null, newAddress: null },
  ...{ until: null, details: [], why: null },
  ...more,
});
const lines = [
  ...roles.map((role) => line('add', { role })),
  line('remove'),
  ...roles.map((role) => line('role', { role })),
  ...privilegeNames.flatMap((privilege) =>
    [...levelsOf(privilege), 'default'].map((value) => line('privilege', { privilege, value })),
  ),
  line('details', {
    details: (['name', ...contactDetails] as const).map((name, i) => ({ name, value: i % 3 === 2 ? null : '77' })),
  }),
  line('details', { newAddress: 'vale@aldous.example' }),
];
const changed = { ...at, reader: 'asker', asker: '77', done: true, waitsFor: null, lines } as const;

export const contactLetters: readonly Letter[] = [
  { template: 'contacts-changed', values: changed },
  { template: 'contacts-changed', values: { ...changed, reader: 'confirmed', lines: [] } },
  { template: 'contacts-changed', values: { ...changed, waitsFor: 'nia@aldous.example', lines: [] } },
  {
    template: 'contacts-changed',
    values: {
      ...changed,
      done: false,
      lines: [...personRefusals.map((why) => line('remove', { why })), line('unread', { why: 'not-understood' })],
    },
  },
  ...(['primary', 'person'] as const).flatMap((reader) =>
    [null, '77'].map(
      (asker): Letter => ({
        template: 'contacts-changed',
        values: { ...changed, reader, asker, lines: lines.slice(0, 3) },
      }),
    ),
  ),
  ...roles.flatMap((role) =>
    [null, '77'].map(
      (who): Letter => ({
        template: 'contact-welcome',
        values: {
          ...{ ...at, name: '77', role, asker: who, primary: who, support: 'support@desk.example' },
          until: who === null ? null : '2026-12-31',
        },
      }),
    ),
  ),
  ...[0, 1, 7].map(
    (more): Letter => ({
      template: 'contacts-list',
      values: {
        ...{ ...at, total: more === 0 ? 1 : 12 + more, more, timezone: 'Europe/London', lacksSecondary: more === 1 },
        ...{ confirmedAt: more === 1 ? '2026-11-02T09:00:00Z' : null, mayConfirm: more !== 7 },
        own:
          more === 7
            ? null
            : {
                ...{ name: '77', address: 'p0@aldous.example' },
                details: contactDetails.map((name, i) => ({ name, value: i % 2 === 0 ? '77' : null })),
              },
        counts: roles.map((role) => ({ role, count: 2 })),
        people: roles.map((role, i) => ({
          ...{ name: '77', address: `p${i}@aldous.example`, role },
          privileges: i === 0 ? [] : privilegeNames.map((name) => ({ name, value: levelsOf(name)[i % 3] ?? 'none' })),
          lastSeen: i % 2 === 0 ? null : '2026-11-21T09:00:00Z',
        })),
      },
    }),
  ),
];
