/** `/customers/NUMBER`: whether they are entitled and why, their contract over time, people, PINs, and what they have to do with us. */
import { html } from 'hono/html';
import type { Customer } from '../../../flows/registry/customers.ts';
import type { EntitledPoint } from '../../../registry/licences/why-entitled.ts';
import { cellText } from '../../../registry/registry-form.ts';
import type { Html } from '../../html.ts';
import { newCaseKeys, newCaseLink } from '../case/new-page.ts';
import type { Key } from '../frame/keys.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, pill, type Shown, when, whyList } from '../frame/parts.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { viewerMay } from '../viewer.ts';
import { type CustomerDeps, fileRight, place, sheet } from './deps.ts';
import { newsShown } from './news.ts';
import { peopleShown } from './people.ts';
import { pinsShown, privilegedShown } from './pins.ts';
import { siteActions } from './site-actions.ts';
import { timeLineShown } from './time-line.ts';
import { daysShown, entitledSays, standingPill } from './words.ts';

export const up = { href: place, says: 'Customers' };

export const noCustomer = (c: ConsoleContext) =>
  faultPage(c, { status: 404, says: 'There is no such customer.', toDo: 'Look for it in the list of customers.' });

const metShown: Readonly<Record<EntitledPoint['met'], Html>> = {
  yes: pill('yes', 'good'),
  short: pill('in part', 'warn'),
  no: pill('no'),
};

function whyShown(points: readonly EntitledPoint[]): Html {
  return html`<details class="entitled-why"><summary data-key="y">Why <kbd>y</kbd></summary><div class="inner"><dl class="why">${points.map(
    ({ rule, about, met: how, says }) =>
      html`<dt>${about} <small>${rule}</small></dt><dd>${metShown[how]} ${daysShown(says)}</dd>`,
  )}</dl></div></details>`;
}

const turnNames: Readonly<Record<string, string>> = {
  welcome: 'Welcome',
  contacts: 'List of contacts',
  attestation: 'Who may open cases',
};
const turnName = (kind: string): string => turnNames[kind] ?? kind.replaceAll('-', ' ');

function factsOf(of: Customer, viewer: Viewer): readonly (readonly [string, Shown])[] {
  const { country, state, timezone, language, businessHours, holidays, representative } = of.of.site;
  const turns = of.turns.flatMap(({ kind, dueAt, lastAt }): (readonly [string, Shown])[] =>
    dueAt === null && lastAt === null
      ? []
      : [
          [
            turnName(kind),
            html`${dueAt === null ? '' : html`due ${when(dueAt, viewer)}`}${dueAt !== null && lastAt !== null ? '; ' : ''}${
              lastAt === null ? '' : html`last ${when(lastAt, viewer)}`
            }`,
          ],
        ],
  );
  return [
    ['PIN', pinsShown(of, viewer)],
    ['Where', `${country}${state ? `, ${state}` : ''}`],
    ['Time zone', timezone],
    ['Hours', businessHours ? cellText(businessHours).replaceAll('|', ', ') : 'those of the desk'],
    ...(holidays ? ([['Holidays', cellText(holidays).replaceAll('|', ', ')]] as const) : []),
    ['Letters in', language],
    [
      'Representative',
      representative
        ? html`<a href="/staff/${encodeURIComponent(representative)}">${representative}</a>`
        : 'the renewal team',
    ],
    ['On record since', when(of.knownSince, viewer)],
    ['Mails', html`<a href="/mails?q=${encodeURIComponent(`site:${of.of.site.number}`)}">All that came for it</a>`],
    ...turns,
  ];
}

const keys: readonly Key[] = [
  ['y', 'Why they are entitled, or not'],
  ['a', 'Add somebody'],
  ['p', 'Draw a new PIN'],
  ['c', 'Change the site'],
  ['r', 'Register a licence'],
  ['l', 'The list of people is right'],
  ['e', 'Edit it as text'],
];

export async function sitePage(c: ConsoleContext, deps: CustomerDeps, number: string): Promise<Response> {
  const of = await deps.customers.one(number);
  if (!of) return noCustomer(c);
  const viewer = c.get('viewer');
  const { name } = of.of.site;
  const here = `${place}/${number}`;
  const [news, actions, privileged] = await Promise.all([
    deps.customers.news(of),
    siteActions(c, deps, of),
    privilegedShown(c, deps, { site: number, all: of.privileged, back: here }),
  ]);
  const { says, tone } = standingPill(of.standing);
  const body = html`<div class="entitled"><p>${pill(says, tone)} ${entitledSays(of.standing)}</p>${whyShown(of.why)}</div>
<div class="two"><div>${card(peopleShown(of, viewer), 'People')}${card(whyList(factsOf(of, viewer)), 'The site')}</div>
<div>${card(actions, 'What can be done')}${card(privileged, 'Privileged PINs')}</div></div>
${card(timeLineShown({ line: of.line, fullSupport: of.fullSupport, renewals: news.renewals }), 'Contract over time')}
${newsShown(number, news, viewer)}`;
  return consolePage(c, {
    ...{ title: `${name}, ${number}`, place, up, body, assets: sheet },
    keys: [...newCaseKeys(viewer), ...keys],
    heading: html`<bdi>${name}</bdi> <span class="dim number">${number}</span>`,
    tools: html`${newCaseLink(viewer, { site: number })}${
      viewerMay(viewer, fileRight)
        ? html`<a class="btn" href="${place}/import?site=${number}" data-key="e">Edit as text <kbd>e</kbd></a><a class="btn" href="${place}/export?site=${number}">Export</a>`
        : ''
    }`,
  });
}

/** Everybody, where they are too many for the page of the customer. */
export async function peoplePage(c: ConsoleContext, { customers }: CustomerDeps, number: string): Promise<Response> {
  const of = await customers.one(number);
  if (!of) return noCustomer(c);
  const all = of.people.length;
  return consolePage(c, {
    ...{ title: `People of ${of.of.site.name}`, place, assets: sheet },
    up: { href: `${place}/${number}`, says: of.of.site.name },
    body: peopleShown(of, c.get('viewer'), all),
  });
}
