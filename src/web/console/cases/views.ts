/** Lists that somebody keeps under a name: kept from the list that is looked at, named anew and dropped on a page of their own. */
import { html } from 'hono/html';
import type { SavedView } from '../../../flows/cases/listed/case-lists.ts';
import { rolesWith } from '../../../staff/rights.ts';
import type { Html } from '../../html.ts';
import { listOf } from '../acts/said.ts';
import type { ConsoleDeps } from '../deps.ts';
import { csrfField } from '../frame/csrf.ts';
import { tellNext } from '../frame/notice.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card, empty, fault, field } from '../frame/parts.ts';
import { byOf, type ConsoleContext, type Viewer, viewerMay } from '../viewer.ts';
import { type AskedCases, everything, isSameList, listAddress, ofQuery, queryOf } from './asked.ts';

/** Own ones are anybody's; those for all are of whoever works on cases. */
const sharing = 'cases: work';
const mostOfAName = 60;

const mayTurn = (viewer: Pick<Viewer, 'address' | 'roles'>, view: SavedView): boolean =>
  view.shared ? viewerMay(viewer, sharing) : view.owner === viewer.address;

const nameField = (value = ''): Html =>
  html`<label class="field"><span>Name</span><input name="name" value="${value}" maxlength="${mostOfAName}" required autocomplete="off"></label>`;

type Shown = { readonly asked: AskedCases; readonly views: readonly SavedView[] };

/** Offered where something is looked for that has no tab yet. */
export function keepForm(c: ConsoleContext, { asked, views }: Shown): Html {
  const kept = views.some(({ query }) => isSameList(ofQuery(query), asked));
  const manage = views.length === 0 ? '' : html`<a href="/cases/views">Kept lists</a>`;
  if (kept || isSameList(asked, everything)) return html`<p class="hint keep">${manage}</p>`;
  const share = viewerMay(c.get('viewer'), sharing)
    ? html`<label class="check"><input type="checkbox" name="shared" value="yes"> For everybody</label>`
    : '';
  return html`<details class="keep"><summary>Keep this list as a tab</summary><form class="form" method="post" action="/cases/views">${csrfField(c)}<input type="hidden" name="query" value="${queryOf({ ...asked, after: null })}">${nameField()}${share}<div class="will"><p>It becomes a tab above, with what is looked for and its order.</p></div><div class="act"><button class="btn">Keep it</button> ${manage}</div></form></details>`;
}

const said = (view: SavedView): string => (view.shared ? 'for everybody' : 'yours');

function viewCard(c: ConsoleContext, view: SavedView): Html {
  const asked = ofQuery(view.query);
  const may = mayTurn(c.get('viewer'), view);
  const told = `${said(view)}${view.shared ? `, kept by ${view.owner}` : ''}`;
  return card(
    html`<p class="pad"><a href="${listAddress(asked)}"><b>${view.name}</b></a> <span class="dim">${told}</span></p>${
      may
        ? html`<form class="form line" method="post" action="/cases/views/${view.id}/name">${csrfField(c)}${nameField(view.name)}<button class="btn">Name it so</button></form>
<form class="form line" method="post" action="/cases/views/${view.id}/drop">${csrfField(c)}<p class="will">The tab goes${view.shared ? ' for everybody' : ''}; no case is touched.</p><button class="btn">Drop it</button></form>`
        : html`<p class="hint">Changing it takes ${listOf(rolesWith(sharing), 'or')}.</p>`
    }`,
  );
}

type ViewDeps = Pick<ConsoleDeps, 'cases'>;
const up = { href: '/cases', says: 'Cases' };

type Wrong = { readonly says: string; readonly toDo: string };
export async function viewsPage(c: ConsoleContext, { cases }: ViewDeps, wrong?: Wrong): Promise<Response> {
  const views = await cases.views(c.get('viewer').address);
  return consolePage(c, {
    ...{ title: 'Kept lists', place: '/cases', up, assets: ['cases.css'] as const },
    ...(wrong && { status: 422 as const }),
    body: html`${wrong ? fault(wrong.says, wrong.toDo) : ''}${
      views.length === 0
        ? empty('No list is kept yet. Look for something among cases; below the list it can be kept as a tab.')
        : html`<div class="views">${views.map((one) => viewCard(c, one))}</div>`
    }`,
  });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const nameOf = (value: unknown): string =>
  text(value)
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, mostOfAName);

const notYours = (c: ConsoleContext): Promise<Response> =>
  faultPage(c, {
    status: 403,
    says: 'You may not do this.',
    toDo: `A list for everybody is kept and changed by ${listOf(rolesWith(sharing), 'or')}.`,
  });
const noName: Wrong = { says: 'A name is missing.', toDo: 'Say what the tab is called.' };
const taken = (name: string): Wrong => ({
  says: `There is a list called “${name}” already.`,
  toDo: 'Take another name.',
});

export async function keepOne(c: ConsoleContext, deps: ViewDeps): Promise<Response> {
  const viewer = c.get('viewer');
  const body = await c.req.parseBody();
  const shared = body.shared === 'yes';
  if (shared && !viewerMay(viewer, sharing)) return notYours(c);
  const name = nameOf(body.name);
  const asked = ofQuery(text(body.query));
  const query = queryOf({ ...asked, after: null });
  if (name === '' || query === '' || query.length > 1_000)
    return again(c, asked, name === '' ? noName : { says: 'This list cannot be kept.', toDo: 'Look for less of it.' });
  const made = await deps.cases.keepView({ owner: viewer.address, shared, name, query }, byOf(viewer));
  if (made === 'taken') return again(c, asked, taken(name), name);
  if (made === 'full')
    return again(c, asked, { says: 'There are twenty kept lists already.', toDo: 'Drop one first.' }, name);
  tellNext(c, { says: [`“${made.name}” is a tab now, ${said(made)}.`] });
  return c.redirect(listAddress(asked), 303);
}

/** What was typed stays. */
const again = (c: ConsoleContext, asked: AskedCases, wrong: Wrong, name = ''): Promise<Response> =>
  consolePage(c, {
    ...{ title: 'Keep a list', place: '/cases', status: 422, assets: ['cases.css'] as const },
    up: { href: listAddress(asked), says: 'The list' },
    body: html`${fault(wrong.says, wrong.toDo)}${card(
      html`<form class="form" method="post" action="/cases/views">${csrfField(c)}<input type="hidden" name="query" value="${queryOf(asked)}">${field({ name: 'name', label: 'Name', value: name, required: true })}${
        viewerMay(c.get('viewer'), sharing)
          ? html`<label class="check"><input type="checkbox" name="shared" value="yes"> For everybody</label>`
          : ''
      }<div class="act"><button class="btn main">Keep it</button></div></form>`,
    )}`,
  });

/** The one that is meant, where it is the viewer's to change. */
async function meant(c: ConsoleContext, { cases }: ViewDeps): Promise<SavedView | Response> {
  const views = await cases.views(c.get('viewer').address);
  const view = views.find(({ id }) => id === c.req.param('id'));
  if (!view)
    return faultPage(c, { status: 404, says: 'This list is not kept any more.', toDo: 'Somebody has dropped it.' });
  return mayTurn(c.get('viewer'), view) ? view : notYours(c);
}

export async function renameOne(c: ConsoleContext, deps: ViewDeps): Promise<Response> {
  const view = await meant(c, deps);
  if (view instanceof Response) return view;
  const name = nameOf((await c.req.parseBody()).name);
  if (name === '') return viewsPage(c, deps, noName);
  const named = await deps.cases.renameView({ id: view.id, name }, byOf(c.get('viewer')));
  if (named === 'taken') return viewsPage(c, deps, taken(name));
  tellNext(c, {
    says: [named === null ? 'It was dropped meanwhile.' : `“${view.name}” is called “${named.name}” now.`],
  });
  return c.redirect('/cases/views', 303);
}

export async function dropOne(c: ConsoleContext, deps: ViewDeps): Promise<Response> {
  const view = await meant(c, deps);
  if (view instanceof Response) return view;
  await deps.cases.dropView(view.id, byOf(c.get('viewer')));
  tellNext(c, { says: [`“${view.name}” is no tab any more. No case was touched.`] });
  return c.redirect('/cases/views', 303);
}
