/** One announcement: how its letter reads, whom it goes to before it starts, how far it is, and what can be done. */
import { html } from 'hono/html';
import type { Audience } from '../../../acts/announcements/records.ts';
import type { AnnouncementDesk, AnnouncementFull } from '../../../flows/announcements/announcement-desk.ts';
import type { Html } from '../../html.ts';
import { maskPins } from '../../mask.ts';
import { type Offer, type OfferDeps, offer, offers } from '../acts/offer.ts';
import type { Key } from '../frame/keys.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, pill, type Shown, tabs, when, whyList } from '../frame/parts.ts';
import type { ConsoleContext, Viewer } from '../viewer.ts';
import { dayShown } from '../customers/words.ts';
import { droppedSaid, kinds, recipients, states } from './words.ts';

export type AnnouncementDeps = OfferDeps & { readonly announcements: AnnouncementDesk };

export const missing = (c: ConsoleContext): Promise<Response> =>
  faultPage(c, {
    status: 404,
    says: 'There is no such announcement.',
    toDo: 'Look for it in the list of announcements.',
  });

const count = (n: number): string => n.toLocaleString('en-GB');
const people = (n: number): string => (n === 1 ? '1 person' : `${count(n)} people`);
/** So often it is asked for again while it goes out: of a great one each look counts all of its recipients. */
const everySeconds = ({ open, written }: AnnouncementFull['progress']): number => (open + written > 20_000 ? 10 : 2);

function progressSaid({ state, gathered, pausedByItself, progress }: AnnouncementFull): string {
  const { open, written } = progress;
  const sums = `${count(written)} of ${count(open + written)} were written to`;
  switch (state) {
    case 'ready':
      return 'Nothing goes out before it is started.';
    case 'running':
      return gathered ? `${sums}, ${count(open)} to go.` : `Sites are looked through: ${people(open)} found so far.`;
    case 'paused':
      return `Paused${pausedByItself ? ' by itself, for too many of its letters came back' : ''}: ${sums}.`;
    case 'finished':
      return `Finished: ${people(written)} ${written === 1 ? 'was' : 'were'} written to.`;
    case 'cancelled':
      return written === 0 ? 'Cancelled before anybody was written to.' : `Cancelled: ${sums}.`;
    default:
      return state satisfies never;
  }
}

export function progressShown(one: AnnouncementFull): Html {
  const { id, state, progress } = one;
  const { open, written, waiting, notArrived, leftOut } = progress;
  const again =
    state === 'running'
      ? html` hx-get="/announcements/${id}/progress" hx-trigger="every ${everySeconds(progress)}s" hx-swap="outerHTML" hx-target="this"`
      : '';
  const line = (name: keyof typeof recipients, n: number, tone = '') =>
    html`<li><a href="/announcements/${id}/recipients?state=${name}">${recipients[name].tab}</a> <b${n > 0 && tone ? html` class="${tone}"` : ''}>${count(n)}</b></li>`;
  return html`<div id="progress"${again}>
<p class="lead" role="status">${progressSaid(one)}</p>
${
  state === 'ready'
    ? ''
    : html`<progress max="${Math.max(1, open + written)}" value="${written}" aria-label="Written to">${written} of ${open + written}</progress>
<p class="hint">${waiting > 0 ? `${waiting >= 500 ? '500 or more' : count(waiting)} of its letters wait for the mail server. ` : ''}${state === 'running' ? 'It goes on when this page is closed.' : ''}</p>
<ul class="sums">${line('written', written)}${line('open', open)}${line('not-arrived', notArrived, 'bad')}${line('unreachable', leftOut.unreachable, 'warn')}${line('ended', leftOut.ended)}${line('gone', leftOut.gone)}</ul>`
}
</div>`;
}

function offersOf({ id, state, name, content }: AnnouncementFull, audience: Audience | null): readonly Offer[] {
  const input = { id };
  const asks = `${people(audience?.recipients ?? 0)} ${audience?.recipients === 1 ? 'is' : 'are'} written to, and what has left does not come back.`;
  const cancel: Offer = { act: 'cancel-announcement', input, says: 'Cancel it', key: 'x' };
  switch (state) {
    case 'ready':
      return [
        ...(content.supportEnd
          ? []
          : [{ act: 'start-announcement', input: { id: name }, says: 'Start it', key: 's', main: true, asks }]),
        cancel,
      ];
    case 'running':
      return [{ act: 'pause-announcement', input, says: 'Pause', key: 'p', main: true }, cancel];
    case 'paused':
      return [{ act: 'resume-announcement', input, says: 'Go on', key: 'r', main: true }, cancel];
    case 'finished':
    case 'cancelled':
      return [];
    default:
      return state satisfies never;
  }
}

const listed = (all: readonly string[]): string => all.join(', ');

function factsShown(one: AnnouncementFull, viewer: Viewer): Html {
  const { content, kind, name, writtenAt, startedAt, endedAt, dueAt, dropped, by, state } = one;
  const { products, versions, contactTypes, resolves, supportEnd } = content;
  const facts: (readonly [string, Shown] | null)[] = [
    ['Name', name],
    ['Kind', kinds[kind as keyof typeof kinds] ?? kind],
    dueAt !== null && state === 'ready' ? ['Goes by itself', when(dueAt, viewer)] : null,
    supportEnd
      ? ['Full support until', `${dayShown(supportEnd.fullUntil)}, of ${supportEnd.product} ${supportEnd.version}`]
      : null,
    dropped === null ? null : ['Left out', droppedSaid(dropped)],
    ['To sites with', products.length === 0 ? 'any product' : listed(products)],
    versions.length === 0 ? null : ['That run', listed(versions)],
    [
      'To contacts',
      contactTypes.length === 0 ? 'who want this kind' : `of the types ${listed(contactTypes)}, who want this kind`,
    ],
    resolves.length === 0 ? null : ['Resolves', listed(resolves)],
    ['Written', html`${when(writtenAt, viewer)}, ${by}`],
    startedAt === null ? null : ['Started', when(startedAt, viewer)],
    endedAt === null ? null : ['Ended', when(endedAt, viewer)],
  ];
  return whyList(facts.filter((fact) => fact !== null));
}

function audienceShown({ id }: AnnouncementFull, audience: Audience): Html {
  const { recipients: all, sites, unreachable, doubtful, withCases, sample } = audience;
  return card(
    html`${whyList([
      [
        'Goes to',
        all === 0
          ? html`<span class="bad">nobody</span>`
          : `${people(all)} at ${sites === 1 ? '1 site' : `${count(sites)} sites`}`,
      ],
      [
        'Left out',
        unreachable === 0
          ? 'nobody: letters come back from none of these addresses for good'
          : `${people(unreachable)}, for letters to them come back`,
      ],
      ...(doubtful === 0
        ? []
        : [
            [
              'In doubt',
              html`<span class="warn">${people(doubtful)}: one letter came back from there, and nobody has said since that the address is right. They are written to all the same.</span>`,
            ] as const,
          ]),
      ...(withCases === 0 ? [] : [['Of them', `${people(withCases)} told that a case of theirs is resolved`] as const]),
      [
        'Among them',
        sample.length === 0
          ? 'nobody'
          : html`<ul>${sample.map(({ address, siteNumber }) => html`<li>${address}, <a href="/customers/${siteNumber}">site ${siteNumber}</a></li>`)}</ul><a href="/announcements/${id}/recipients">${all > sample.length ? `All ${count(all)}` : 'Each of them'}${unreachable > 0 ? ', and who is left out' : ''}</a>`,
      ],
    ])}`,
    'Checked as everything stands',
  );
}

const keys: readonly Key[] = [
  ['s', 'Start it'],
  ['p', 'Pause it'],
  ['r', 'Let it go on'],
  ['x', 'Cancel it'],
  ['e', 'Edit it, before it is started'],
];

export async function announcementPage(c: ConsoleContext, deps: AnnouncementDeps): Promise<Response> {
  const { announcements } = deps;
  const one = await announcements.one(c.req.param('id') ?? '');
  if (!one) return missing(c);
  const viewer = c.get('viewer');
  const { id, content, state } = one;
  const back = `/announcements/${id}`;
  const view = c.req.query('view') === 'html' ? 'html' : 'text';
  const languages = content.texts.map(({ language }) => language);
  const language = languages.find((name) => name === c.req.query('language')) ?? languages[0] ?? 'en';
  const [letter, audience] = await Promise.all([
    announcements.letter(content, language),
    state === 'ready' ? announcements.audience(one.name) : null,
  ]);
  const given = await Promise.all(offersOf(one, audience).map((each) => offer(c, deps, { ...each, back })));
  const to = (as: { view?: string; language?: string }): string =>
    `${back}?${new URLSearchParams({ view, language, ...as })}#letter`;
  const isWritten = state === 'ready' && !content.supportEnd;
  const { says, tone } = states[state];
  return consolePage(c, {
    title: `Announcement ${one.name}`,
    heading: html`${one.subject} ${pill(says, tone)}`,
    ...{ place: '/announcements', keys, assets: ['letters.css', 'notices.css'] },
    up: { href: '/announcements', says: 'Announcements' },
    tools: isWritten
      ? html`<a class="btn" href="/announcements/new?from=${id}" data-key="e">Edit <kbd>e</kbd></a>`
      : html``,
    body: html`<div class="two">
<div>
${card(html`<div class="inner">${progressShown(one)}</div>`)}
${audience ? audienceShown(one, audience) : ''}
${given.length > 0 ? card(offers(given)) : ''}
<section class="card" id="letter"><h2>How its letter reads</h2>${
      languages.length > 1
        ? html`<p>In ${languages.map((name, i) => html`${i > 0 ? ' · ' : ''}${name === language ? html`<b>${name}</b>` : html`<a href="${to({ language: name })}">${name}</a>`}`)}</p>`
        : ''
    }${tabs(
      [
        { href: to({ view: 'text' }), says: 'Text', current: view === 'text' },
        { href: to({ view: 'html' }), says: 'HTML', current: view === 'html' },
      ],
      'The letter as',
    )}<p class="subject"><b>${letter.subject}</b></p>${
      view === 'text' || letter.html === null
        ? html`<pre class="mail">${maskPins(letter.text)}</pre>`
        : html`<iframe class="letter" sandbox referrerpolicy="no-referrer" title="The letter as a mail program shows it" src="/announcements/${id}/html?language=${language}"></iframe>`
    }</section>
</div>
<div class="side">
${card(factsShown(one, viewer), 'This announcement')}
</div>
</div>`,
  });
}
