/** The routes of customers. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { registryTables } from '../../../flows/registry/customers.ts';
import { notYours } from '../acts/forms.ts';
import { consolePage, faultPage } from '../frame/page.ts';
import { card } from '../frame/parts.ts';
import type { SearchDeps } from '../search/kinds.ts';
import { type ConsoleContext, type ConsoleEnv, viewerMay } from '../viewer.ts';
import { type CustomerDeps, fileRight, place, sheet } from './deps.ts';
import { importPage, tryImportPage } from './import-page.ts';
import { listPage } from './list-page.ts';
import { personPage } from './person-page.ts';
import { noCustomer, peoplePage, sitePage, up } from './site-page.ts';

const mayNot = (c: ConsoleContext) =>
  faultPage(c, {
    status: 403,
    says: 'You may not take this along.',
    toDo: `A file of customers holds their PINs and addresses. ${notYours(c.get('viewer'), { right: 'registry: update' })}`,
  });

/** Null: all of them; undefined: no number of a site. */
function siteAsked(c: ConsoleContext): string | null | undefined {
  const site = c.req.query('site') ?? '';
  return site === '' ? null : /^\d{7}$/.test(site) ? site : undefined;
}

const fileNamed = (name: string, type: string) => ({
  'content-type': `${type}; charset=utf-8`,
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'no-store',
});

export function customerRoutes(deps: CustomerDeps & SearchDeps): Hono<ConsoleEnv> {
  const { customers } = deps;
  const app = new Hono<ConsoleEnv>({ strict: false });
  const mayTake = (c: ConsoleContext) => viewerMay(c.get('viewer'), fileRight);

  app.get(place, (c) => listPage(c, deps));
  app.get(`${place}/import`, (c) => importPage(c, deps));
  app.post(`${place}/import`, (c) => tryImportPage(c, deps));

  app.get(`${place}/export`, (c) => {
    if (!mayTake(c)) return mayNot(c);
    const site = siteAsked(c);
    if (site === undefined) return noCustomer(c);
    const of = site === null ? '' : `?site=${site}`;
    const tables = registryTables.filter((one) => site === null || (one !== 'products' && one !== 'versions'));
    return consolePage(c, {
      ...{ title: site === null ? 'Export customers' : `Export site ${site}`, place, assets: sheet },
      up: site === null ? up : { href: `${place}/${site}`, says: `Site ${site}` },
      body: html`<p class="lead">As it stands at this moment, in the form in which it is imported. Privileged PINs stand nowhere in it: nobody has them.</p>${card(
        html`<p><a class="btn main" href="${place}/export/registry.yaml${of}">YAML, all in one</a></p><p>${tables.map(
          (one) => html`<a class="btn" href="${place}/export/${one}.csv${of}">${one}.csv</a> `,
        )}</p>`,
      )}`,
    });
  });
  app.get(`${place}/export/registry.yaml`, async (c) => {
    if (!mayTake(c)) return mayNot(c);
    const site = siteAsked(c);
    const text = site === undefined ? null : await customers.yaml(site);
    if (text === null) return noCustomer(c);
    return c.body(text, 200, fileNamed(site ? `site-${site}.yaml` : 'registry.yaml', 'application/yaml'));
  });
  app.get(`${place}/export/:file`, async (c) => {
    if (!mayTake(c)) return mayNot(c);
    const table = registryTables.find((one) => `${one}.csv` === c.req.param('file'));
    const site = siteAsked(c);
    const text = table === undefined || site === undefined ? null : await customers.csv(table, site);
    if (text === null) return noCustomer(c);
    return c.body(text, 200, fileNamed(site ? `site-${site}-${table}.csv` : `${table}.csv`, 'text/csv'));
  });

  app.get(`${place}/:site`, (c) => sitePage(c, deps, c.req.param('site')));
  app.get(`${place}/:site/people`, (c) => peoplePage(c, deps, c.req.param('site')));
  app.get(`${place}/:site/people/:id`, (c) => personPage(c, deps, c.req.param('site'), c.req.param('id')));
  return app;
}
