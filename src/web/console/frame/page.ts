/** The frame of every page of the console: menu, what was done before, one heading, keys. */
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Html } from '../../html.ts';
import type { Figures } from '../live/figures.ts';
import type { Place } from '../places.ts';
import type { ConsoleContext } from '../viewer.ts';
import type { AssetName } from './assets.ts';
import { csrfField } from './csrf.ts';
import { documentOf } from './document.ts';
import { type Key, keysShown, placesOf } from './keys.ts';
import { noticeShown, takeNotice } from './notice.ts';
import { themeOf, themes } from './theme.ts';

export type Page = {
  /** Of the document, and the one heading where `heading` says nothing else. */
  readonly title: string;
  readonly heading?: Html;
  /** The path of the place in the menu that this page is, or belongs to. */
  readonly place: string;
  readonly body: Html;
  /** Keys that this page has besides those of every page. */
  readonly keys?: readonly Key[];
  readonly status?: ContentfulStatusCode;
  /** Where `u` leads: the list that this belongs to. */
  readonly up?: { readonly href: string; readonly says: string };
  /** Right of the heading. */
  readonly tools?: Html;
  /** Uses the whole width and height: parts of it scroll by themselves. */
  readonly wide?: true;
  readonly assets?: readonly AssetName[];
};

const groups = ['work', 'records', 'system'] as const;

const figure = ({ figure: name, hot }: Place, figures: Figures): Html | string => {
  if (name === undefined) return '';
  const now = figures[name] ?? '';
  return html`<b data-live="${name}"${hot ? html` class="hot"` : ''}>${now === '0' ? '' : now}</b>`;
};

/** All three stand there: what is pressed is seen at once, whatever the system says. */
const themeForm = (c: ConsoleContext): Html =>
  html`<form class="theme" method="post" action="/theme">${csrfField(c)}<div role="group" aria-label="Theme"><span class="sr" aria-hidden="true">Theme</span>${themes.map(
    (one) =>
      html`<button class="quiet" name="theme" value="${one}" aria-pressed="${one === themeOf(c) ? 'true' : 'false'}">${one}</button>`,
  )}</div></form>`;

function menu(c: ConsoleContext, here: string, figures: Figures): Html {
  const viewer = c.get('viewer');
  const all = placesOf(viewer);
  const search = all.find(({ searches }) => searches);
  const links = groups
    .map((group) => all.filter((one) => one.group === group))
    .filter((group) => group.length > 0)
    .map(
      (group) =>
        html`<ul>${group.map(
          (one) =>
            html`<li><a href="${one.path}" data-go="${one.key}"${
              one.path === here ? html` aria-current="page"` : ''
            }><span>${one.says}</span>${figure(one, figures)}</a></li>`,
        )}</ul>`,
    );
  return html`<nav id="menu" class="menu" popover aria-label="Places">
<a class="brand" href="/">Postern</a>
${
  search
    ? html`<form class="search" role="search" aria-label="Everywhere" action="${search.path}"><input type="search" name="q" placeholder="Case, address, words" title="Cases first; mails, letters and customers are one press away" aria-label="Search ${search.says.toLowerCase()}" autocomplete="off" data-search></form>`
    : ''
}
<div class="places">${links}</div>
<div class="me">
<p class="who"><a href="/staff/sessions" title="Where you are signed in"><b>${viewer.name}</b></a> <span>${viewer.roles.join(', ')}</span></p>
${themeForm(c)}
<div class="ways"><a class="quiet" href="/keys" data-key="?"><kbd>?</kbd> keys</a><a class="quiet" href="/bulk">Many at once <b data-live="bulk.running">${figures['bulk.running'] === '0' ? '' : (figures['bulk.running'] ?? '')}</b></a><form method="post" action="/sign-out">${csrfField(c)}<button class="quiet">Sign out</button></form></div>
</div>
</nav>`;
}

export async function consolePage(c: ConsoleContext, page: Page): Promise<Response> {
  const { assets, figures } = c.get('frame');
  const { title, heading, place, body, keys = [], status = 200, up, tools, wide, assets: more = [] } = page;
  const notice = takeNotice(c);
  // A list that was acted on in place stands under its own address.
  if (c.req.method === 'GET' && c.req.header('hx-request') && c.req.header('hx-target')?.startsWith('main')) {
    const { pathname, search } = new URL(c.req.url);
    c.header('hx-replace-url', `${pathname}${search}`);
  }
  const now = await figures();
  const shown = html`<body>
<a class="skip" href="#main">To the content</a>
<div class="app">
<header class="bar"><a class="brand" href="/">Postern</a><button class="btn" popovertarget="menu" aria-label="Menu">Menu</button></header>
${menu(c, place, now)}
<main id="main" tabindex="-1" data-figures="${JSON.stringify(now)}"${wide ? html` class="wide"` : ''}>
<div class="notices">${notice ? noticeShown(c, notice) : ''}</div>
<div class="head">${up ? html`<a class="up" href="${up.href}" data-up>${up.says}</a>` : ''}<h1>${heading ?? title}</h1>${tools ? html`<div class="tools">${tools}</div>` : ''}</div>
${body}
</main>
</div>
<div id="says" class="sr" role="status"></div>
<dialog id="keys" aria-label="Keys"><form method="dialog"><button class="quiet">Close <kbd>Esc</kbd></button></form>${keysShown(c.get('viewer'), keys)}</dialog>
</body>`;
  return c.html(documentOf(c, assets, { title, body: shown, assets: more }), status);
}

/** What went wrong as a page: a sentence, and what to do. */
export const faultPage = (
  c: ConsoleContext,
  { status, says, toDo, body }: { status: ContentfulStatusCode; says: string; toDo: string; body?: Html },
): Promise<Response> =>
  consolePage(c, { title: says, place: '', status, body: html`<p class="lead">${toDo}</p>${body ?? ''}` });
