/** One request for access: what was asked, step by step what happened, who is to decide, and what client care can do. */
import { html } from 'hono/html';
import { grantedRoles } from '../../../access/request.ts';
import type { AccessDesk, RequestWhole } from '../../../flows/access/access-desk.ts';
import { levelsOf, privilegeNames } from '../../../registry/contacts/privileges.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { type Offer, type OfferDeps, offer, offers } from '../acts/offer.ts';
import type { Key } from '../frame/keys.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { alert, card, details, empty, field, pill, type Shown, select, when, whyList } from '../frame/parts.ts';
import { letterLines } from '../letters/lines.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { denials, listAddress, nextSaid, states, stepSaid, tabOrder, termsSaid } from './words.ts';

export type AccessDeps = OfferDeps & { readonly access: AccessDesk };

const check = (name: string, says: string): Html =>
  html`<label class="check"><input type="checkbox" name="${name}" value="true"><span>${says}</span></label>`;

const privilegeFields = (): Html =>
  details(
    'Privileges beside those of the role',
    html`<div class="fields">${privilegeNames.map((name) =>
      select(`privileges.${name}`, `${name.charAt(0).toUpperCase()}${name.slice(1)}`, [
        ['', 'as the role has it'],
        ...levelsOf(name).map((one) => [one, one] as const),
      ]),
    )}</div>`,
  );

function grantFields({ justification, registers, nobodyThere, at }: RequestWhole): Html {
  const isPrimary = registers && nobodyThere;
  return html`${
    isPrimary
      ? html`<p class="hint">Nobody is on record at this site: the asker becomes its primary.</p>`
      : html`${select('role', 'Role', [
          ['', 'authorized user, or the lesser role that was asked for'],
          ...grantedRoles.map((one) => [one, one] as const),
        ])}
${field({ name: 'until', label: 'Last day of the access', type: 'date', hint: at ? `A day at the site (${at.timezone}); left empty it does not end by itself.` : 'Left empty it does not end by itself.' })}`
  }
${field({
  name: 'justification',
  label: justification === null ? 'Why: the asker gave no reason' : 'Why, where the reason of the asker does not stand',
  lines: 2,
})}
${isPrimary ? '' : privilegeFields()}
${details(
  'Name and phone of the asker, set right',
  html`<div class="fields">${field({ name: 'name', label: 'Name' })}${field({ name: 'phone', label: 'Phone' })}</div>`,
)}
${registers ? '' : check('now', 'The asker hears at once, and not when it can be taken back no more')}`;
}

const denyFields = (): Html => html`${select('reason', 'Reason', [
  ['', 'choose'],
  ...Object.entries(denials).map(([value, says]) => [value, `${value}: ${says}`] as const),
])}
${field({ name: 'words', label: 'To the asker besides', lines: 2 })}
${check('now', 'The asker hears at once')}`;

const correctFields = ({ said, registers }: RequestWhole): Html => html`${
  registers
    ? ''
    : html`${field({ name: 'site', label: 'Site number', value: said.site ?? '' })}
${field({ name: 'country', label: 'Country of the site', value: said.country ?? '', hint: 'Two capital letters, such as GB.' })}
${select('role', 'Wished role', [['', 'none said'], ...grantedRoles.map((one) => [one, one] as const)], said.role ?? '')}`
}
${field({ name: 'name', label: 'Name', value: said.name ?? '' })}
${field({ name: 'phone', label: 'Phone', value: said.phone ?? '' })}
${field({ name: 'justification', label: 'Why', value: said.justification ?? '', lines: 2 })}`;

function offersOf(one: RequestWhole, { address }: Pick<Viewer, 'address'>): readonly Offer[] {
  const { id: request, state, first, registers, at } = one;
  const grant: Offer = {
    ...{ act: 'decide-request', input: { request, decision: 'grant' }, fields: grantFields(one) },
    ...(first ? { says: 'Grant otherwise' } : { says: registers ? 'Let in' : 'Grant', key: 'G', main: true }),
  };
  const confirm: Offer = {
    ...{ act: 'decide-request', input: { request, decision: 'grant' } },
    ...{ says: 'Confirm it', key: 'G', main: true },
  };
  const deny: Offer = {
    ...{ act: 'decide-request', input: { request, decision: 'deny' }, fields: denyFields(), says: 'Deny', key: 'D' },
  };
  const remind: Offer = { act: 'remind-deciders', input: { request }, says: 'Ask once more', key: 'r' };
  const correct: Offer = {
    ...{ act: 'correct-request', input: { request }, fields: correctFields(one), says: 'Set right', key: 'c' },
  };
  // Where there is no such site or licence a grant is refused whatever is typed.
  if (!at && !first && (state === 'with-client-care' || state === 'waiting'))
    return registers ? [deny, correct] : [{ ...correct, main: true }, deny];
  const withdraw: Offer = { act: 'undo-decision', input: { request }, says: 'Withdraw the first grant', key: 'w' };
  switch (state) {
    case 'with-client-care':
    case 'waiting':
      return [
        ...(first ? [first.by === address ? withdraw : confirm] : []),
        ...[grant, deny],
        ...(registers ? [] : [remind]),
        correct,
      ];
    case 'to-verify':
      return [correct];
    case 'granted':
    case 'denied':
      return one.undoUntil === null
        ? []
        : [{ act: 'undo-decision', input: { request }, says: 'Take it back', key: 'b' }];
    case 'expired':
      return [];
    default:
      return state satisfies never;
  }
}

function warned({ registers, at, otherCountry, said, state, mail }: RequestWhole): Html | string {
  if (at || state === 'expired') return '';
  if (registers)
    return alert(
      `No licence has the number or service tag ${said.licence ?? ''}.`,
      'It cannot be let in. Answer the mail that asks, or deny it.',
      mail ? html`<a class="btn" href="/mails/${mail}">To the mail</a>` : undefined,
      'warn',
    );
  return alert(
    otherCountry === null
      ? `There is no site ${said.site ?? 'without a number'}.`
      : `Site ${said.site} is in ${otherCountry}, and the request says ${said.country ?? 'no country'}.`,
    'The asker is not told. Nobody at a site has it: set it right, or deny it.',
    undefined,
    'warn',
  );
}

function saidShown(one: RequestWhole, viewer: Viewer): Html {
  const { said, registers, at, siteName, askerIs, askedAt, mail, language, address } = one;
  const site =
    said.site === null
      ? 'none was named'
      : html`<a href="/customers/${said.site}">${said.site}</a> ${siteName ?? '(no such site)'}`;
  const facts: (readonly [string, Shown] | null)[] = [
    ['Asker', html`${address}${said.name ? html`<br>${said.name}` : ''}`],
    registers
      ? [
          'Registers',
          html`licence ${said.licence ?? ''}${at ? html`, of site <a href="/customers/${at.number}">${at.number}</a> ${at.name}` : ''}`,
        ]
      : ['Site', html`${site}${said.country ? `, ${said.country}` : ', no country named'}`],
    registers ? null : ['Wished role', said.role ?? 'none was named'],
    ['Why', said.justification === null ? 'no reason was given' : maskPins(said.justification)],
    said.phone === null ? null : ['Phone', maskPins(said.phone)],
    ['On record there as', askerIs ?? 'nobody'],
    askedAt === null
      ? null
      : [
          'Asked',
          html`${when(askedAt, viewer)}${mail ? html`, in <a href="/mails/${mail}">mail ${mail}</a>` : ', entered by one of ours'}`,
        ],
    ['Letters in', language],
  ];
  return whyList(facts.filter((fact) => fact !== null));
}

function whoDecides(one: RequestWhole, viewer: Viewer): Html {
  const { deciders, first, state, at, due, careDue, registers, undoUntil } = one;
  const open = state === 'waiting' || state === 'with-client-care';
  const people =
    deciders.length === 0
      ? html`<p>${registers ? 'A registration is decided by client care alone.' : at ? 'Nobody at the site decides about access; client care does.' : 'Client care, once the site is right.'}</p>`
      : html`<ul class="plain-list">${deciders.map(({ name, address, role }) => html`<li>${address} <span class="dim">${name}, ${role}</span></li>`)}</ul>`;
  return html`${
    first
      ? html`<p><b>${first.by}</b> has granted it as the first of two: ${termsSaid({ ...first, privileges: first.privileges as Record<string, string> })}. Why: ${maskPins(first.reason)}. A second person has to confirm it.</p>`
      : ''
  }${open ? people : ''}${
    careDue ? html`<p>Client care owes an answer ${when(careDue, viewer, { relative: true })}.</p>` : ''
  }${
    undoUntil
      ? html`<p>It can be taken back ${when(undoUntil, viewer, { relative: true })} at the latest, by whoever decided.</p>`
      : ''
  }<p class="hint">${due ? html`Next: ${nextSaid(due)} ${when(due.at, viewer, { relative: true })}.` : 'Nothing happens by itself.'}</p>`;
}

const story = ({ steps }: RequestWhole, viewer: Viewer): Html =>
  html`<ol class="steps">${steps.map(
    (step) =>
      html`<li><span>${maskPins(stepSaid(step))}${
        /^(?:clock|scheduler|intake)$/.test(step.by) ? '' : html` <span class="dim">· ${step.by}</span>`
      }</span>${when(step.at, viewer)}</li>`,
  )}</ol>`;

const keys: readonly Key[] = [
  ['G', 'Grant it, or confirm what the first has granted'],
  ['D', 'Deny it'],
  ['r', 'Ask those who decide once more'],
  ['c', 'Set right what was said'],
  ['b', 'Take the decision back'],
];

export async function requestPage(c: ConsoleContext, deps: AccessDeps): Promise<Response> {
  const one = await deps.access.one(c.req.param('id') ?? '');
  if (!one)
    return faultPage(c, { status: 404, says: 'There is no such request.', toDo: 'Look for it in the list of access.' });
  const viewer = c.get('viewer');
  const back = `/access/${one.id}`;
  const given = await Promise.all(offersOf(one, viewer).map((each) => offer(c, deps, { ...each, back })));
  const { says, tone } = states[one.state];
  const from = [...tabOrder, 'all' as const].find((name) => name === c.req.query('from')) ?? 'open';
  return consolePage(c, {
    title: `Access request ${one.id}, ${one.address}`,
    heading: html`${one.address} ${pill(says, tone)}`,
    ...{ place: '/access', keys, assets: ['letters.css'] },
    up: { href: listAddress({ state: from }), says: 'Access' },
    body: html`${warned(one)}<div class="two">
<div>
${card(saidShown(one, viewer), one.registers ? 'Who registers' : 'Who asks, and for what')}
${given.length > 0 ? card(offers(given)) : ''}
</div>
<div class="side">
${card(whoDecides(one, viewer), 'Who decides')}
${card(story(one, viewer), 'What happened')}
${card(one.letters.length === 0 ? empty('No letter was written about it.') : letterLines(one.letters, viewer), 'Letters')}
</div>
</div>`,
  });
}
