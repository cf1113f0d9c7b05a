/** `/customers/NUMBER/people/ID`: one person of a customer, what they may, and what can be done about them. */
import { html } from 'hono/html';
import type { Customer, CustomerPerson, SiteCase } from '../../../flows/registry/customers.ts';
import { optionalKinds } from '../../../notices/kinds.ts';
import { levelsOf, privilegeNames } from '../../../registry/contacts/privileges.ts';
import { mayHavePrivilegedPin } from '../../../registry/permissions.ts';
import { contactDetails } from '../../../registry/site.ts';
import type { Html } from '../../html.ts';
import type { Offer } from '../acts/offer.ts';
import { newCaseKeys, newCaseLink } from '../case/new-page.ts';
import { field, select } from '../frame/fields.ts';
import type { Key } from '../frame/keys.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, type Shown, when, whyList } from '../frame/parts.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { type CustomerDeps, place, sheet } from './deps.ts';
import { personPath, personPills, privilegesSaid, typesSaid } from './people.ts';
import { casesShown } from './news.ts';
import { privilegedShown } from './pins.ts';
import { offersFor, roleChoices } from './site-actions.ts';
import { noCustomer } from './site-page.ts';
import { dayShown } from './words.ts';

const detailNames: Readonly<Record<(typeof contactDetails)[number], string>> = {
  phone: 'Phone',
  hours: 'There at',
  street: 'Street',
  city: 'City',
  state: 'State',
  postalCode: 'Postal code',
};

function factsOf(one: CustomerPerson, viewer: Viewer): readonly (readonly [string, Shown])[] {
  const { email, aliases, role, until, verifiedAt, unreachable, doubtful, lastSeen } = one;
  const reached = unreachable
    ? 'No: letters come back. Nothing but answers to their mails goes there until the address is changed or confirmed.'
    : doubtful
      ? 'Perhaps not: one letter came back, and nobody has said since that the address is right.'
      : 'Yes: no letter has come back.';
  return [
    ['Address', html`<bdi>${email}</bdi>${aliases.length > 0 ? html`, also <bdi>${aliases.join(', ')}</bdi>` : ''}`],
    ['Role', role],
    ['Kinds of contact', typesSaid(one)],
    ['Reached by letters', reached],
    [
      'Address checked',
      verifiedAt ? when(verifiedAt, viewer) : 'Not yet: nobody has answered from it, or sent back a code.',
    ],
    ['Wrote last', lastSeen ? when(lastSeen, viewer, { relative: true }) : 'never'],
    ...(until ? ([['Access until', dayShown(until)]] as const) : []),
    ['Phone', one.phone ?? 'none on record'],
    ...contactDetails.flatMap((name) =>
      name !== 'phone' && one[name] ? [[detailNames[name], one[name]] as const] : [],
    ),
    ['Optional letters', one.letters.length > 0 ? `gets ${one.letters.join(', ')}; can end each` : 'gets none'],
  ];
}

/** Every level there is: what fits which privilege the act says. */
const levels: readonly (readonly [string, string])[] = [
  ['default', 'as the role has it'],
  ...[...new Set(privilegeNames.flatMap(levelsOf))].map((one) => [one, one] as const),
];

const changeFields = (one: CustomerPerson): Html =>
  html`${field({
    name: 'name',
    label: 'Name',
    value: one.name,
    hint: 'What is emptied stays as it is.',
  })}${field({
    name: 'newAddress',
    label: 'Another address',
    type: 'email',
    hint: `In place of ${one.email}; both are told.`,
  })}${contactDetails.map((name) => field({ name, label: detailNames[name], value: one[name] ?? '' }))}`;

function offersOf(of: Customer, one: CustomerPerson, cases: readonly SiteCase[]): readonly Offer[] {
  const site = of.of.site.number;
  const { email: address, role } = one;
  const on = { site, address };
  const told = { site, contact: address };
  const gets = one.types.includes('administrative');
  const privileged: readonly Offer[] =
    mayHavePrivilegedPin(role) && cases.length > 0
      ? [
          {
            act: 'issue-privileged-pin',
            input: told,
            says: 'Send a privileged PIN',
            fields: select(
              'case',
              'For the case',
              cases.map(({ number, title }) => [number, `${number}: ${title.slice(0, 80)}`]),
            ),
          },
        ]
      : [];
  const end = one.letters.map((kind) => [kind, `end ${kind}`] as const);
  const again = optionalKinds.filter((kind) => !one.letters.includes(kind));
  const ended = new Set((one.subscriptions ?? []).flatMap(({ kind, wanted }) => (wanted ? [] : [kind])));
  return [
    { act: 'change-contact', input: on, says: 'Change details', key: 'c', fields: changeFields(one) },
    {
      act: 'set-role',
      input: on,
      says: 'Another role',
      key: 'r',
      fields: select('role', 'Role', roleChoices(role)),
    },
    {
      act: 'set-privilege',
      input: on,
      says: 'Another privilege',
      key: 'p',
      fields: html`${select(
        'name',
        'Privilege',
        privilegeNames.map((name) => [name, `${name} (${one.may[name]} now)`]),
      )}${select('value', 'From now on', levels)}`,
    },
    {
      act: 'set-documents',
      input: { ...on, gets: !gets },
      says: gets ? 'No proofs of entitlement' : 'Gets proofs of entitlement',
      key: 'd',
    },
    ...(end.length > 0
      ? [
          {
            act: 'set-subscription',
            input: { ...told, wanted: false },
            says: 'End letters',
            fields: select('kinds', 'Kind', end),
          },
        ]
      : []),
    ...(again.length > 0
      ? [
          {
            act: 'set-subscription',
            input: { ...told, wanted: true },
            says: ended.size > 0 ? 'Let letters come again' : 'Send optional letters',
            fields: select(
              'kinds',
              'Kind',
              again.map((kind) => [kind, ended.has(kind) ? `${kind} (ended)` : kind]),
            ),
          },
        ]
      : []),
    { act: 'tell-pin', input: told, says: 'Send the PIN' },
    { act: 'list-licences', input: told, says: 'Send the licences' },
    { act: 'tell-documents', input: told, says: 'Send the proof' },
    ...privileged,
    ...(role === 'primary' ? [] : [{ act: 'remove-contact', input: on, says: 'Take off the site', key: 'x' }]),
    {
      act: 'erase-person',
      input: {},
      says: 'Erase the person',
      fields: field({
        name: 'address',
        label: `Type ${address} to see what that comes to`,
        hint: 'At every site, with their mails and letters. It does not come back.',
      }),
    },
  ];
}

const keys: readonly Key[] = [
  ['c', 'Change details'],
  ['r', 'Another role'],
  ['p', 'Another privilege'],
  ['d', 'Proofs of entitlement'],
  ['x', 'Take off the site'],
];

export async function personPage(c: ConsoleContext, deps: CustomerDeps, site: string, id: string): Promise<Response> {
  const of = await deps.customers.one(site);
  if (!of) return noCustomer(c);
  const one = of.people.find((person) => person.id === id);
  const up = { href: `${place}/${site}`, says: of.of.site.name };
  if (!one)
    return faultPage(c, {
      status: 404,
      says: 'Nobody of this number is on record there.',
      toDo: 'They may have been taken off. The page of the customer has all who are.',
      body: html`<p><a href="${up.href}">${up.says}</a></p>`,
    });
  const viewer = c.get('viewer');
  const here = personPath(site, one);
  const [cases, own, pins] = await Promise.all([
    deps.customers.openCases(site),
    deps.customers.casesOf(site, one.id),
    deps.customers.privilegedOf(site, one.id),
  ]);
  const gone: Readonly<Record<string, string>> = { 'remove-contact': up.href, 'erase-person': up.href };
  const [actions, privileged] = await Promise.all([
    offersFor(
      c,
      deps,
      offersOf(of, one, cases).map((given) => ({ ...given, back: gone[given.act] ?? here })),
    ),
    privilegedShown(c, deps, { site, all: pins, back: here }),
  ]);
  return consolePage(c, {
    ...{ title: `${one.name}, ${of.of.site.name}`, place, up, assets: sheet },
    keys: [...newCaseKeys(viewer), ...keys],
    tools: html`${newCaseLink(viewer, { site, contact: one.email })}`,
    heading: html`<bdi>${one.name}</bdi>${personPills(one)}`,
    body: html`<div class="two"><div>${card(whyList(factsOf(one, viewer)), 'On record')}${casesShown(own, viewer, { href: `/cases?q=${encodeURIComponent(`from:${one.email}`)}&status=any`, says: 'All of theirs' })}${card(
      whyList(privilegesSaid(one)),
      'May',
    )}</div><div>${card(actions, 'What can be done')}${card(privileged, 'Privileged PINs')}<p><a href="/letters?to=${encodeURIComponent(one.email)}">Letters to them</a> · <a href="/mails?q=${encodeURIComponent(
      `from:${one.email}`,
    )}">Mails from them</a></p></div></div>`,
  });
}
