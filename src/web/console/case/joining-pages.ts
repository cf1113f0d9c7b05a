/** Two cases that become one, with both clocks before; and one that becomes two. */
import { html } from 'hono/html';
import type { OpenedCase } from '../../../flows/cases/one/case-desk.ts';
import type { Html } from '../../html.ts';
import { maskWithin } from '../../mask.ts';
import { offer, offers } from '../acts/offer.ts';
import { field } from '../frame/fields.ts';
import { consolePage } from '../frame/page.ts';
import { card, empty, fault, row, rows, when } from '../frame/parts.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { mayNot, noSuchCase } from './answer-routes.ts';
import { clockShown } from './clock.ts';
import type { CaseDeps } from './deps.ts';

const common = (number: string) =>
  ({ place: '/cases', assets: ['case.css'], up: { href: `/cases/${number}`, says: `Case ${number}` } }) as const;

function clockOf(c: ConsoleContext, { on, clock, now }: OpenedCase, id: string): Html {
  const zones = { viewer: c.get('viewer'), siteZone: on.of.site.timezone, now };
  return html`<div><h2><a href="/cases/${on.number}">Case ${on.number}</a> <span class="dim"><bdi>${maskWithin(on.title)}</bdi></span></h2>${clockShown(clock, zones, id)}</div>`;
}

export async function mergePage(c: ConsoleContext, deps: CaseDeps): Promise<Response> {
  const number = c.req.param('number') ?? '';
  if (!viewerMay(c.get('viewer'), 'cases: work')) return mayNot(c);
  const opened = await deps.caseDesk.open(number);
  if (!opened) return noSuchCase(c);
  const into = c.req.query('into')?.trim() ?? '';
  const other = into === '' ? null : await deps.caseDesk.open(into);
  const candidates = opened.around.others.filter(({ status }) => status === 'open');
  const chosen =
    into !== '' && !other
      ? fault(`There is no case ${into.slice(0, 20)}.`, 'Look for its number in the list of cases.')
      : other
        ? html`<div class="both">${clockOf(c, opened, 'clock-a')}${clockOf(c, other, 'clock-b')}</div>${card(
            offers([
              await offer(c, deps, {
                act: 'merge-case',
                input: { case: number, into: other.on.number },
                says: 'Merge',
                key: 'm',
                main: true,
                back: `/cases/${other.on.number}`,
              }),
            ]),
          )}`
        : html``;
  return consolePage(c, {
    ...common(number),
    title: `Merge case ${number} into another`,
    keys: [['m', 'Merge them']],
    body: html`<p class="lead">The other one goes on, with the earlier of both deadlines; mail to case ${number} goes there from then on. It can be taken back within a day.</p>
<form class="filters" method="get">${field({ name: 'into', label: 'Into the case', value: into, type: 'search' })}<button class="btn">Show both clocks</button></form>${chosen}
<section><h2>Open cases of ${opened.on.of.site.name}</h2>${
      candidates.length === 0
        ? empty('There is no other open case of this site among its newest.')
        : rows(
            maskWithin(candidates).map((one) =>
              row({
                href: `/cases/${number}/merge?into=${one.number}`,
                says: html`${one.number} <span class="dim"><bdi>${one.title}</bdi></span>`,
                side: html`opened ${when(one.openedAt, c.get('viewer'))}`,
                current: one.number === into,
              }),
            ),
            'Open cases of the site',
          )
    }</section>`,
  });
}

export async function splitPage(c: ConsoleContext, deps: CaseDeps): Promise<Response> {
  const number = c.req.param('number') ?? '';
  if (!viewerMay(c.get('viewer'), 'cases: work')) return mayNot(c);
  const opened = await deps.caseDesk.open(number);
  if (!opened) return noSuchCase(c);
  const written = maskWithin(opened.on.messages).filter(
    ({ direction, automatic, mail }) => direction === 'in' && !automatic && mail !== null,
  );
  const boxes = html`<fieldset class="field"><legend>Mails that are about something else</legend>${written.map(
    ({ mail, author, at, text }) =>
      html`<label class="check mail-box"><input type="checkbox" name="mails" value="${mail}"> <span><bdi>${author}</bdi> ${when(at, c.get('viewer'))}<br><small class="dim"><bdi>${text.slice(0, 160)}</bdi></small></span></label>`,
  )}</fieldset>`;
  const body =
    written.length < 2
      ? empty('There is one mail on it at most, so nothing can be split off.')
      : offers([
          await offer(
            c,
            { ...deps, perform: opened.preview },
            {
              act: 'split-case',
              input: { case: number },
              says: 'Split off',
              open: true,
              main: true,
              fields: html`${boxes}${field({ name: 'title', label: 'Title of the new case', required: true })}`,
              back: `/cases/${number}`,
            },
          ),
        ]);
  return consolePage(c, {
    ...common(number),
    title: `Split mails off case ${number}`,
    body: html`<p class="lead">They become a case of their own, whose clock runs from when the first of them came. Whoever wrote them is told.</p>${body}`,
  });
}
