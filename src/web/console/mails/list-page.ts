/** `/mails`: every mail, newest first, and the search over all of them. */
import { html } from 'hono/html';
import type { ListedMails, MailLine } from '../../../flows/mail/list-mails.ts';
import type { Html } from '../../html.ts';
import { maskWithin } from '../../mask.ts';
import { consolePage } from '../frame/page.ts';
import { details, empty, fault, news, pager, pill, row, rows, tabs, when } from '../frame/parts.ts';
import { kindTabs, type SearchDeps } from '../search/kinds.ts';
import type { ConsoleContext } from '../viewer.ts';
import type { MailsDeps } from './deps.ts';
import { newestFigure } from './figures.ts';
import { senderLine } from './sender.ts';
import { standing } from './words.ts';

const perPage = 50;
const mostSearch = 400;

const address = (q: string, more: Readonly<Record<string, string>> = {}): string => {
  const query = new URLSearchParams({ ...(q === '' ? {} : { q }), ...more }).toString();
  return query === '' ? '/mails' : `/mails?${query}`;
};

const views = [
  ['', 'All'],
  ['is:held', 'Held'],
  ['is:new', 'Not decided yet'],
  ['is:dead', 'Given up'],
] as const;

function mailRow(c: ConsoleContext, mail: MailLine): Html {
  const { says, tone } = standing(mail);
  return row({
    href: `/mails/${mail.id}`,
    says: senderLine(mail),
    about: html`<bdi>${mail.subject || '(no subject)'}</bdi>${mail.reason ? html` <small class="because">${mail.reason}</small>` : ''}`,
    side: html`${when(mail.arrivedAt, c.get('viewer'))}<br> ${mail.case ? html`case ${mail.case} · ` : ''}${tone ? pill(says, tone) : says}`,
  });
}

const help: readonly (readonly [typed: string, says: string])[] = [
  [
    'from:ada@aldous.example',
    'from this address; a part of one, such as from:@aldous.example, is looked for mail by mail',
  ],
  ['to:security', 'to an address with this in it'],
  ['site:1000345', 'on cases of the site, or from its contacts'],
  ['case:100042', 'on the case; mail:7 is the mail itself'],
  ['outcome:case-opened', 'decided so, by its name or in words: outcome:"PIN needed"'],
  ['is:held', 'waits for a person; is:new is not decided yet, is:dead was given up'],
  ['since:monday until:2026-11-24', 'arrived between; since:3d are the last three days'],
  ['<id@aldous.example>', 'the mail with this Message-ID'],
  ['"lease lost"', 'these words in the subject or the sender’s address'],
];

const understoodShown = ({ understood }: ListedMails['search']): Html | string =>
  understood.length === 0
    ? ''
    : html`<p class="chips" aria-label="What was looked for"><span class="dim">Looked for:</span> ${understood.map(
        ({ says, without }) =>
          html`<span class="chip"><bdi>${says}</bdi> <a href="${address(without)}" aria-label="Without: ${says}">×</a></span> `,
      )}</p>`;

const faultsShown = ({ faults }: ListedMails['search']): Html | string =>
  faults.length === 0
    ? ''
    : fault(html`${faults.map((one) => html`${one} `)}`, 'The rest of the search counts. Change it above.');

/** Where no index leads to all of them: how far it was looked, and the way further. */
function lookedShown(c: ConsoleContext, q: string, { looked, items, more }: ListedMails): Html | string {
  if (looked === null || looked.whole || looked.to === null || looked.toAt === null || more) return '';
  const count = looked.count.toLocaleString('en-GB');
  return html`<p class="looked">${items.length === 0 ? 'Nothing was found among' : 'Looked through'} ${count} mails, back to ${when(looked.toAt, c.get('viewer'))}. <a href="${address(q, { before: looked.to })}">Look further back</a></p>`;
}

const nothingFound = (q: string): Html =>
  q === ''
    ? empty('No mail has come yet. Once one does it stands here, whatever becomes of it.')
    : empty(html`No mail is like that. Take a part of the search out above, or <a href="/mails">see every mail</a>.`);

/** Ids in the address; what is none is not there. */
function besideOf(c: ConsoleContext): { readonly than: 'older' | 'newer'; readonly id: string } | null {
  const [before, after] = [c.req.query('before') ?? '', c.req.query('after') ?? ''];
  if (/^\d{1,18}$/.test(before)) return { than: 'older', id: before };
  return /^\d{1,18}$/.test(after) ? { than: 'newer', id: after } : null;
}

export async function listPage(c: ConsoleContext, deps: MailsDeps & SearchDeps): Promise<Response> {
  const { mails } = deps;
  const q = (c.req.query('q') ?? '').slice(0, mostSearch).trim();
  const beside = besideOf(c);
  const list = mails.list({ q, zone: c.get('viewer').zone, beside, limit: perPage }).then(maskWithin);
  const isView = views.some(([view]) => view === q);
  const [found, newest, among] = await Promise.all([
    list,
    mails.newest(),
    isView
      ? ''
      : kindTabs(c, deps, {
          ...{ current: 'mails', q },
          found: list.then(({ items, more, looked }) => ({
            found: items.length,
            more: more || (looked !== null && !looked.whole),
          })),
        }),
  ]);
  const { items, more, search } = found;
  const [first, last] = [items[0], items.at(-1)];
  const older = last && (beside?.than === 'newer' || more) ? address(q, { before: last.id }) : null;
  const newer =
    first && (beside?.than === 'older' || (beside?.than === 'newer' && more)) ? address(q, { after: first.id }) : null;
  return consolePage(c, {
    title: 'Mails',
    place: '/mails',
    assets: ['mails.css'],
    body: html`${among}<form class="filters" method="get" role="search" aria-label="This list"><label class="field wide"><span>Search</span><input type="search" name="q" value="${q}" maxlength="${mostSearch}" placeholder="Address, subject, Message-ID, case, or from: site: outcome: since:" autocomplete="off"></label><button class="btn">Search</button></form>
${details('What can be looked for', html`<dl class="why">${help.map(([typed, says]) => html`<dt><code>${typed}</code></dt><dd>${says}</dd>`)}</dl>`)}
${understoodShown(search)}${faultsShown(search)}
${among === '' ? tabs(views.map(([view, says]) => ({ href: address(view), says, current: view === q }))) : ''}
${beside === null && q === '' ? news('mails.newest', newestFigure(newest), '/mails') : ''}
${
  items.length === 0
    ? found.looked && !found.looked.whole
      ? ''
      : search.faults.length > 0 && search.filters.length === 0
        ? ''
        : nothingFound(q)
    : rows(
        items.map((one) => mailRow(c, one)),
        'Mails, newest first',
      )
}
${lookedShown(c, q, found)}
${pager({ next: older, prev: newer })}`,
  });
}
