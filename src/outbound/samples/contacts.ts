/** Letters about the people of a site, in every variant. */
import { caseNumber, contactId, siteNumber } from '../../foundation/ids.ts';
import { announcementKinds } from '../../notices/announcement.ts';
import { fixedKinds, optionalKinds } from '../../notices/kinds.ts';
import { mandatoryFields } from '../../registry/contacts/mandatory.ts';
import { levelsOf, privilegeNames } from '../../registry/contacts/privileges.ts';
import { contactDetails, licenceKinds, roles } from '../../registry/site.ts';
import { type Letter, type PersonResult, personRefusals } from '../letter.ts';
import { subscriptionResults } from '../letters/subscriptions.ts';

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
  line('documents', { value: 'on' }),
  line('documents', { value: 'off' }),
  line('details', {
    details: (['name', ...contactDetails] as const).map((name, i) => ({ name, value: i % 3 === 2 ? null : '77' })),
  }),
  line('details', { newAddress: 'vale@aldous.example' }),
  line('details', {
    newAddress: 'vale@aldous.example',
    stays: optionalKinds.map((kind) => ({ kind, address: 'nia@aldous.example' })),
  }),
];
const changed = { ...at, reader: 'asker', asker: '77', done: true, waitsFor: null, lines } as const;

const mayNot = { ...at, address: 'nia@aldous.example', privilege: '77' } as const;

export const contactLetters: readonly Letter[] = [
  ...announcementKinds.map(
    (kind, i): Letter => ({
      template: 'announcement',
      values: {
        ...{
          kind,
          subject: '77',
          body: '**77**\n\n- 78\n- 79',
          support: 'support@desk.example',
        },
        cases: i === 1 ? [{ number: '100042', title: 'Workflow stopped' }] : [],
        link: kind === 'security' ? null : 'https://desk.example/preferences/77',
        page: kind === 'security' ? null : { contact: contactId('77'), kind },
      },
    }),
  ),
  {
    template: 'support-end',
    values: {
      ...{ kind: 'end-of-support', product: '77', version: '78', endsOn: '2027-06-30', from: '2027-07-01' },
      ...{ support: 'support@desk.example', link: 'https://desk.example/preferences/77' },
      page: { contact: contactId('77'), kind: 'end-of-support' },
    },
  },
  ...[null, caseNumber('100042')].flatMap((one) =>
    [true, false].map(
      (follows): Letter => ({
        template: 'may-only-follow',
        values: { ...mayNot, case: one, follows, phone: follows ? '+44 20 0000 0000' : null },
      }),
    ),
  ),
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
  ...[[], ['100042'], ['100042', '100043']].map(
    (numbers): Letter => ({
      template: 'contact-erased',
      values: { ...at, cases: numbers.map((one) => ({ case: caseNumber(one) })) },
    }),
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
                letters: more === 0 ? [] : optionalKinds,
              },
        counts: roles.map((role) => ({ role, count: 2 })),
        people: roles.map((role, i) => ({
          ...{ name: '77', address: `p${i}@aldous.example`, role },
          privileges: i === 0 ? [] : privilegeNames.map((name) => ({ name, value: levelsOf(name)[i % 3] ?? 'none' })),
          ended: i === 1 ? optionalKinds : [],
          lastSeen: i % 2 === 0 ? null : '2026-11-21T09:00:00Z',
        })),
      },
    }),
  ),
  ...subscriptionResults.flatMap((result) =>
    [true, false].map(
      (wanted): Letter => ({
        template: 'subscriptions',
        values: {
          ...{
            result,
            wanted,
            kinds: wanted ? optionalKinds : ['releases'],
            fixed: wanted ? fixedKinds : ['security'],
          },
          lines: optionalKinds.map((kind, i) => ({
            ...{ kind, may: i !== 2 },
            to: ['nia@aldous.example', 'p0@aldous.example'].slice(0, wanted ? i : 1),
          })),
          link: result === 'may-not' ? null : 'https://desk.example/preferences/77',
          page: null,
        },
      }),
    ),
  ),
  ...[0, 1, 7].map(
    (more): Letter => ({
      template: 'contacts-monthly',
      values: {
        ...{ ...at, month: '2026-12', total: more === 0 ? 1 : 12 + more, more, lacksSecondary: more === 1 },
        incomplete: more,
        people: roles.map((role, i) => ({
          ...{ name: '77', address: `p${i}@aldous.example`, role, unreached: i === 2 },
          missing: i === 0 ? [] : mandatoryFields.slice(0, i),
        })),
      },
    }),
  ),
  ...[0, 1, 2].map(
    (reminder): Letter => ({
      template: 'contacts-quarterly',
      values: {
        ...{ ...at, total: reminder === 2 ? 1 : 12, more: reminder === 2 ? 0 : 6 + reminder, reminder },
        timezone: 'Europe/London',
        people: roles.slice(1, reminder === 2 ? 2 : 5).map((role, i) => ({
          ...{ name: '77', address: `p${i}@aldous.example`, role },
          lastSeen: i % 2 === 0 ? null : '2026-11-21T09:00:00Z',
        })),
      },
    }),
  ),
  ...[0, 1, 3].map(
    (n): Letter => ({
      template: 'contacts-attested',
      values: {
        ...{ ...at, kept: n, removed: ['max@aldous.example', 'lea@aldous.example'].slice(0, n) },
        refused: (['unknown-address', 'needs-primary', 'no-right'] as const)
          .slice(0, n)
          .map((why) => ({ address: 'who@aldous.example', why })),
        ...{
          open: n === 0 ? ['nia@aldous.example'] : ['a@aldous.example', 'b@aldous.example'].slice(0, n - 1),
          more: n === 3 ? 4 : 0,
        },
      },
    }),
  ),
  { template: 'contact-unreached', values: { ...at, name: '77', address: 'nia@aldous.example' } },
  ...[null, 'access@desk.example'].flatMap((access): Letter[] => {
    const own = { ...at, support: 'support@desk.example', access };
    const licences = licenceKinds.map((kind, i) => ({ number: `U-100${i}`, product: 'Vault', kind }));
    return [
      {
        template: 'site-welcome',
        values:
          access === null
            ? { ...own, pin: null, licences: [], more: 0, technical: [] }
            : { ...own, pin: '345', licences, more: 4, technical: ['77', '78'] },
      },
      { template: 'technical-welcome', values: { ...own, country: 'GB', primary: access === null ? null : '77' } },
    ];
  }),
];
