/** `/cases`: the next deadline first, or what somebody looks for; views as tabs, the filters in the address. */
import { html } from 'hono/html';
import { takeCase } from '../../../acts/cases/working/take-case.ts';
import { caseKinds } from '../../../cases/case.ts';
import { asksForMails, type CaseSearchKey } from '../../../cases/search/case-search.ts';
import type { CaseCounts, ListedCases, SavedView } from '../../../flows/cases/listed/case-lists.ts';
import type { Html } from '../../html.ts';
import { csrfField } from '../frame/csrf.ts';
import { empty, fault, field, news, rows, select, type Tab, tabs, when } from '../frame/parts.ts';
import { countShown } from '../live/figures.ts';
import { type ConsoleContext, mayDo } from '../viewer.ts';
import { type AskedCases, everything, isSameList, listAddress, mostTyped, ofQuery } from './asked.ts';
import { newestShown } from './figures.ts';
import { manyForm } from './many.ts';
import { caseRow, type RowHow } from './row.ts';
import { keepForm } from './views.ts';
import { orderWords } from './words.ts';

export type CasesShown = {
  readonly asked: AskedCases;
  readonly found: ListedCases;
  readonly counts: CaseCounts;
  readonly views: readonly SavedView[];
  readonly people: readonly { readonly email: string; readonly name: string }[];
  readonly newest: string | null;
  readonly present: RowHow['present'];
  /** The same search among other kinds. */
  readonly among: Html | string;
};

const only = (fields: AskedCases['fields']): AskedCases => ({ ...everything, fields });
const own = {
  mine: only({ owner: 'me' }),
  nobodys: only({ owner: 'none' }),
  risk: only({ due: '2h' }),
  waiting: only({ status: 'waiting' }),
  closed: only({ status: 'closed' }),
} as const;

/** It has a tab, so that nothing has to be said about what is looked for. */
const isTab = ({ asked, views }: CasesShown): boolean =>
  [everything, ...Object.values(own), ...views.map(({ query }) => ofQuery(query))].some((one) =>
    isSameList(one, asked),
  );

function viewTabs({ asked, counts, views }: CasesShown): Html {
  const tab = (says: string, of: AskedCases, more: Pick<Tab, 'count' | 'figure' | 'hot'> = {}): Tab => ({
    href: listAddress(of),
    says,
    current: isSameList(asked, of),
    ...more,
  });
  const count = (n: number) => ({ count: countShown(n) });
  return tabs(
    [
      tab('All open', everything, count(counts.open)),
      tab('Mine', own.mine, count(counts.mine)),
      tab('Nobody’s', own.nobodys, count(counts.unowned)),
      tab('At risk', own.risk, { ...count(counts.risk), figure: 'cases.risk', hot: counts.risk > 0 }),
      tab('Waiting', own.waiting, count(counts.waiting)),
      tab('Closed', own.closed),
      ...views.map(({ name, query }) => tab(name, ofQuery(query))),
    ],
    'Views',
  );
}

const statuses = [
  ['', 'Open'],
  ['unanswered', 'First answer owed'],
  ['late', 'First answer late'],
  ['waiting', 'Waits for the customer'],
  ['proposed', 'Solution proposed'],
  ['lapsed', 'Support has ended'],
  ['closed', 'Closed'],
  ['any', 'Open or closed'],
] as const;
const dues = [
  ['', 'Whenever'],
  ['30min', 'Within 30 min'],
  ['2h', 'Within 2 h'],
  ['today', 'Today'],
  ['3d', 'Within 3 days'],
] as const;

/** What was typed into the address stands among the choices, too. */
const withOwn = (
  choices: readonly (readonly [string, string])[],
  value = '',
): readonly (readonly [string, string])[] =>
  choices.some(([one]) => one === value) ? choices : [...choices, [value, value]];

function searchForm(shown: CasesShown): Html {
  const { asked, found, people } = shown;
  const { fields, q } = asked;
  const owners = [
    ['', 'Anybody'],
    ['me', 'Me'],
    ['none', 'Nobody'],
    ...people.map(({ email, name }) => [email, name] as const),
  ] as const;
  const narrowed = (Object.keys(fields).length > 0 && !isTab(shown)) || asked.order !== null;
  const choice = (key: CaseSearchKey, label: string, choices: readonly (readonly [string, string])[]) =>
    select(key, label, withOwn(choices, fields[key]), fields[key] ?? '');
  return html`<form class="filters cases-search" method="get" action="/cases" role="search" aria-label="This list"><label class="field wide"><span>Search</span><input type="search" name="q" value="${q}" maxlength="${mostTyped}" placeholder="Words, a number, or site: owner: severity: due&lt;2h from: is:closed" autocomplete="off"></label><button class="btn">Search</button>
<details class="narrow"${narrowed ? html` open` : ''}><summary>Filter and sort</summary><div class="fields">
${choice('status', 'How it stands', statuses)}
${choice('owner', 'Owner', owners)}
${choice('severity', 'Severity', [
  ['', 'Every'],
  ['1', '1'],
  ['2', '2'],
  ['1,2', '1 and 2'],
  ['3', '3'],
  ['4', '4'],
])}
${choice('due', 'First answer owed', dues)}
${choice('kind', 'Kind', [['', 'Every kind'], ...caseKinds.map((one) => [one, one] as const)])}
${field({ name: 'site', label: 'Site, number or name', value: fields.site ?? '' })}
${(['from', 'is', 'case'] as const).map((key) => (fields[key] ? html`<input type="hidden" name="${key}" value="${fields[key]}">` : ''))}
${select('sort', 'Order', orderChoices(found), asked.order === found.usual ? '' : (asked.order ?? ''))}
<button class="btn">Show</button></div></details></form>`;
}

/** Each by what it does; the first one needs nothing in the address. */
const orderChoices = ({ orders, usual }: ListedCases) =>
  orders
    .toSorted((a, b) => Number(b === usual) - Number(a === usual))
    .map((one) => [one === usual ? '' : one, orderWords[one]] as const);

/** Each part with a way to take it out. */
function understood({ asked, found }: CasesShown): Html | string {
  const typed = found.search.understood.map(({ says, without }) => ({
    says,
    href: listAddress({ ...asked, q: without, after: null }),
  }));
  const fields = found.narrowed.map(({ key, says }) => {
    const { [key]: _, ...rest } = asked.fields;
    return { says, href: listAddress({ ...asked, fields: rest, after: null }) };
  });
  const all = [...typed, ...fields];
  if (all.length === 0) return '';
  return html`<p class="chips" aria-label="What was looked for"><span class="dim">Looked for:</span> ${all.map(
    ({ says, href }) =>
      html`<span class="chip"><bdi>${says}</bdi> <a href="${href}" aria-label="Without: ${says}">×</a></span> `,
  )}${found.hits === null ? '' : html`<span class="dim">${countShown(found.hits)} ${found.hits === 1 ? 'case' : 'cases'}</span>`}</p>`;
}

const faultsShown = ({ found: { search } }: CasesShown): Html | string =>
  search.faults.length === 0
    ? ''
    : fault(html`${search.faults.map((one) => html`${one} `)}`, 'The rest counts. Change it above.');

/** Cases of before an upgrade are read by the clock; until then the search says how far it goes. */
function reachShown({ found: { reach } }: CasesShown): Html | string {
  if (reach === null || reach.percent === 100) return '';
  const far = reach.from === null ? 'None is read yet' : `Read so far: cases from ${reach.from} on, ${reach.percent} %`;
  return html`<p class="hint" role="note">The words of older cases are still being read for the search, the newest first. ${far}.</p>`;
}

const mailsInstead = ({ asked: { q } }: CasesShown): Html | string =>
  asksForMails(q)
    ? html`<p class="hint elsewhere"><b>This is asked of mails.</b> <a href="/mails?${new URLSearchParams({ q }).toString()}">Look for it among mails</a></p>`
    : '';

function nothing({ asked, found }: CasesShown): Html {
  if (isSameList(asked, everything))
    return empty(
      asked.after === null
        ? 'No case is open: everything that came is answered and closed.'
        : 'No more cases are open.',
    );
  if (isSameList(asked, own.mine))
    return empty(html`None is yours. <a href="/cases?owner=none">Those that nobody has</a> wait to be taken.`);
  if (isSameList(asked, own.nobodys)) return empty('Every open case has somebody.');
  if (isSameList(asked, own.risk)) return empty('No first answer is late, or owed within two hours.');
  if (isSameList(asked, own.waiting)) return empty('No case waits for its customer.');
  const open =
    found.status === 'open'
      ? html` or <a href="${listAddress({ ...asked, fields: { ...asked.fields, status: 'any' }, after: null })}">look among closed ones as well</a>`
      : '';
  return empty(html`No case is like that. Take a part of it out above${open}.`);
}

function lookedShown(c: ConsoleContext, { asked, found }: CasesShown): Html | string {
  if (found.lookedTo === null) return '';
  const on = found.next && listAddress({ ...asked, after: found.next });
  return html`<p class="looked">${found.lines.length === 0 ? 'Nothing was found in' : 'Looked through'} cases back to ${when(found.lookedTo, c.get('viewer'))}.${on ? html` <a href="${on}" rel="next">Look further back</a>` : ''}</p>`;
}

function pages({ asked, found }: CasesShown): Html | string {
  const first =
    asked.after === null
      ? ''
      : html`<a class="btn" href="${listAddress({ ...asked, after: null })}">To the beginning</a>`;
  const more =
    found.next === null || found.lookedTo !== null
      ? ''
      : html`<a class="btn" href="${listAddress({ ...asked, after: found.next })}" rel="next">More</a>`;
  return first || more ? html`<nav class="pager" aria-label="Pages">${first || html`<span></span>`}${more}</nav>` : '';
}

export function listBody(c: ConsoleContext, shown: CasesShown): Html {
  const { asked, found, people, newest } = shown;
  const viewer = c.get('viewer');
  const works = mayDo(viewer, takeCase);
  const names = new Map(people.map(({ email, name }) => [email, name]));
  const how: RowHow = { viewer, names, now: Date.now(), works, present: shown.present, foundIn: found.foundIn };
  const here = listAddress(asked);
  const list =
    found.lines.length > 0
      ? html`<div class="cases">${rows(
          found.lines.map((one) => caseRow(one, how)),
          found.status === 'open' ? 'Open cases' : 'Cases',
        )}</div>`
      : found.lookedTo === null && !(found.search.faults.length > 0 && found.search.understood.length === 0)
        ? nothing(shown)
        : '';
  return html`<span data-me="${viewer.address}" hidden></span>${isTab(shown) ? '' : shown.among}${asked.q === '' || isTab(shown) ? viewTabs(shown) : ''}
${searchForm(shown)}
${understood(shown)}${faultsShown(shown)}${reachShown(shown)}
${asked.after === null && isSameList(asked, everything) ? news('cases.newest', newestShown(newest), here) : ''}
${list}
${lookedShown(c, shown)}
${
  works && found.lines.length > 0
    ? html`${manyForm(here)}<form id="take" method="post" action="/do/take-case" hidden>${csrfField(c)}<input type="hidden" name="back" value="${here}"><input type="hidden" name="offer" value=""><input type="hidden" name="says" value="Take it"><input type="hidden" name="sure" value="alone"></form>`
    : ''
}
${pages(shown)}
${mailsInstead(shown)}
${keepForm(c, shown)}`;
}
