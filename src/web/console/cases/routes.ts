/** The routes of lists of cases; one case has its own. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { takeCase } from '../../../acts/cases/working/take-case.ts';
import { newCaseKeys, newCaseLink } from '../case/new-page.ts';
import type { ConsoleDeps } from '../deps.ts';
import { consolePage } from '../frame/page.ts';
import { kindTabs, type SearchDeps } from '../search/kinds.ts';
import { type ConsoleContext, type ConsoleEnv, mayDo } from '../viewer.ts';
import { type AskedCases, readAsked } from './asked.ts';
import { listBody } from './list-page.ts';
import { doMany, type ManyDeps, manyPage } from './many.ts';
import { dropOne, keepOne, renameOne, viewsPage } from './views.ts';

const perPage = 50;

/** A number alone is a case, and is opened. */
async function caseMeant({ q, fields }: AskedCases, { cases }: Pick<ConsoleDeps, 'cases'>): Promise<string | null> {
  const [, number] = /^#?(\d{1,18})$/.exec(q) ?? [];
  if (number === undefined || Object.keys(fields).length > 0) return null;
  return (await cases.isCase(number)) ? number : null;
}

async function listPage(c: ConsoleContext, deps: ManyDeps & SearchDeps): Promise<Response> {
  const { cases } = deps;
  const asked = readAsked((name) => c.req.query(name));
  const meant = await caseMeant(asked, deps);
  if (meant !== null) return c.redirect(`/cases/${meant}`, 303);
  const viewer = c.get('viewer');
  const list = cases.list({ ...asked, limit: perPage, viewer: viewer.address, zone: viewer.zone, places: true });
  const [found, counts, views, people, newest, present, among] = await Promise.all([
    list,
    cases.counts(viewer.address),
    cases.views(viewer.address),
    cases.people(),
    cases.newest(),
    cases.present(),
    kindTabs(c, deps, {
      ...{ current: 'cases', q: asked.q },
      found: list.then(({ lines, next }) => ({ found: lines.length, more: next !== null })),
    }),
  ]);
  return consolePage(c, {
    title: 'Cases',
    place: '/cases',
    body: listBody(c, { asked, found, counts, views, people, newest, present, among }),
    assets: ['cases.css', 'cases.js'],
    tools: html`${newCaseLink(viewer)}`,
    keys: !mayDo(viewer, takeCase)
      ? []
      : [
          ...newCaseKeys(viewer),
          ['t', 'Take the chosen row, where nobody has it'],
          ['a', 'Answer the chosen row'],
          ['T G K M', 'With all that are chosen: take, give, say the kind, merge two'],
        ],
  });
}

export function caseListRoutes(deps: ManyDeps & SearchDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/cases', (c) => listPage(c, deps));
  app.get('/cases/many', (c) => manyPage(c, deps));
  app.post('/cases/many', (c) => doMany(c, deps));
  app.get('/cases/views', (c) => viewsPage(c, deps));
  app.post('/cases/views', (c) => keepOne(c, deps));
  app.post('/cases/views/:id/name', (c) => renameOne(c, deps));
  app.post('/cases/views/:id/drop', (c) => dropOne(c, deps));
  return app;
}
