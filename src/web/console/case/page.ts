/** `/cases/:number`: one case, with its conversation, its clock, who and what stands around it, and what can be done. */
import { html } from 'hono/html';
import type { OpenedCase } from '../../../flows/cases/one/case-desk.ts';
import type { Html } from '../../html.ts';
import { maskWithin } from '../../mask.ts';
import type { Key } from '../frame/keys.ts';
import { consolePage } from '../frame/page.ts';
import { alert, pill } from '../frame/parts.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { caseActions } from './actions.ts';
import { answerForm } from './answer-form.ts';
import { noSuchCase, presentSays } from './answer-routes.ts';
import { contractShown, nearShown, peopleShown, reportShown, whyShown } from './around.ts';
import { clockShown, lateSince, promised } from './clock.ts';
import { conversationShown } from './conversation.ts';
import type { CaseDeps } from './deps.ts';
import { proposedSays, severityTone, statusSays } from './words.ts';

const perPage = 30;

const keys: readonly Key[] = [
  ['t b', 'Take it, give it back'],
  ['a', 'Answer'],
  ['n', 'Note, for us alone'],
  ['s', 'Solve: propose a solution'],
  ['w', 'Wait for the customer'],
  ['e', 'Escalate'],
  ['l', 'Link to another case'],
  ['m', 'Merge into another case'],
  ['x', 'Split mails off'],
  ['i v d', 'Assign, propose a severity, kind'],
  ['o c p', 'Out of scope, close, add somebody'],
  ['r', 'Reopen'],
];

/** `2026-03-02T09:00:00.1Z~17`: by the moment of a message and its row. */
function keyOf(text: string | undefined): { at: string; id: string } | null {
  const found = /^([^~]{1,40})~(\d{1,18})$/.exec(text ?? '');
  return found?.[1] && found[2] && !Number.isNaN(Date.parse(found[1])) ? { at: found[1], id: found[2] } : null;
}

function headline(opened: OpenedCase, c: ConsoleContext, name: (address: string) => string): Html {
  const { on, clock, now } = opened;
  const viewer = c.get('viewer');
  const { says, tone } = statusSays(opened);
  const { site } = on.of;
  const zones = { viewer, siteZone: site.timezone, now };
  const wanted = proposedSays(on);
  const late = clock !== null && lateSince(clock, now) !== null;
  return html`<p class="facts">${pill(`severity ${on.severity}`, on.status === 'open' ? severityTone(on.severity) : undefined)} ${wanted === null ? '' : html`${pill(wanted, 'warn')} `}${pill(says, tone)} <span><a href="/customers/${site.number}">${site.name}</a></span> <span>${
    on.owner === null ? html`<b class="warn">nobody’s yet</b>` : html`${name(on.owner)}’s`
  }</span>${
    clock && clock.metAt === null && clock.due !== null && !clock.rating.bestEffort && on.status === 'open'
      ? html` <span${late ? html` class="bad"` : ''}>first answer ${late ? 'was due' : 'due'} ${promised(clock.due, zones)}</span>`
      : ''
  }</p>`;
}

export async function casePage(c: ConsoleContext, deps: CaseDeps): Promise<Response> {
  const { caseDesk: desk } = deps;
  const number = c.req.param('number') ?? '';
  const opened = await desk.open(number);
  if (!opened) return noSuchCase(c);
  const viewer = c.get('viewer');
  const { on, now } = opened;
  const shown = maskWithin({ on, around: opened.around });
  const masked: OpenedCase = { ...opened, ...shown };
  const of = { caseId: on.id, staff: viewer.address };
  const order = c.req.query('order') === 'newest' ? 'newest' : 'oldest';
  const before = keyOf(c.req.query('before'));
  const works = viewerMay(viewer, 'cases: work');
  const [said, draft, canned, present, actions] = await Promise.all([
    desk.conversation({ caseId: on.id, before, limit: perPage }),
    works ? desk.draft(of) : null,
    works ? desk.canned() : [],
    desk.present(on.id, viewer.address),
    caseActions(c, deps, { opened: masked, desk, me: viewer.address }),
  ]);
  const href = (query: Record<string, string>): string => {
    const asked = new URLSearchParams({ ...(order === 'newest' && { order }), ...query }).toString();
    return `/cases/${number}${asked === '' ? '' : `?${asked}`}`;
  };
  const earlier = said.earlier ? href({ before: `${said.earlier.at}~${said.earlier.id}` }) : null;
  const zones = { viewer, siteZone: on.of.site.timezone, now };
  const writes = works && on.status === 'open' && before === null;
  const { title } = shown.on;
  const form = writes
    ? await answerForm(c, { ...deps, perform: opened.preview }, { opened: masked, draft, canned })
    : '';
  const conversation = html`<div class="order"><h2>Conversation <span class="dim">${opened.around.messages}</span></h2>${
    before === null
      ? html`<a href="/cases/${number}${order === 'oldest' ? '?order=newest' : ''}">${order === 'oldest' ? 'Newest first' : 'Oldest first'}</a>`
      : html`<a href="/cases/${number}">To the newest</a>`
  }</div>${conversationShown(maskWithin(said), { viewer, desk, order, earlier, site: on.of.site.number, seen: draft?.seen ?? null })}`;
  return consolePage(c, {
    title: `${on.number} ${title}`,
    heading: html`${on.number} · <bdi>${title || '(no subject)'}</bdi>`,
    place: '/cases',
    assets: ['mails.css', 'case.css', 'case.js'],
    up: { href: '/cases', says: 'Cases' },
    keys,
    body: html`<div data-case="/cases/${number}/here" data-newest="${opened.newest}"${works ? html` data-works` : ''}>${headline(masked, c, desk.name)}
<p class="present" role="status" data-present>${presentSays(present)}</p>
<a class="news" href="/cases/${number}#answer" data-case-news hidden>Something new was written. Show it</a>
${on.mergedInto ? alert(html`It was merged into <a href="/cases/${on.mergedInto}">case ${on.mergedInto}</a>.`, 'What is written to it goes there.', undefined, 'warn') : ''}
<p class="jump"><a class="btn" href="#acts">What can be done</a>${writes ? html`<a class="btn" href="#answer">Answer</a>` : ''}</p>
<div class="two case"><div>${clockShown(opened.clock, zones)}${order === 'newest' ? html`${form}${conversation}` : html`${conversation}${form}`}</div>
<div><div id="acts">${actions}</div>${contractShown(masked)}${peopleShown(masked, desk)}${reportShown(masked)}${whyShown(masked)}${nearShown(masked, viewer, desk)}</div></div></div>`,
  });
}
