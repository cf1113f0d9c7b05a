/** Customers by name: found by what somebody knows of one, and by what becomes of their support. */
import { html } from 'hono/html';
import type { CustomerLine, CustomersFound, CustomerView } from '../../../flows/registry/customers.ts';
import { customerViews, endingDays } from '../../../flows/registry/customers.ts';
import type { Html } from '../../html.ts';
import { consolePage } from '../frame/page.ts';
import { empty, fault, pill, row, rows, tabs } from '../frame/parts.ts';
import { countShown, mostCounted } from '../live/figures.ts';
import { kindTabs, type SearchDeps } from '../search/kinds.ts';
import { type ConsoleContext, viewerMay } from '../viewer.ts';
import { type CustomerDeps, fileRight, pinRight, place, sheet } from './deps.ts';
import { counted, standingPill } from './words.ts';

const perPage = 50;

type Asked = { readonly q: string; readonly view: CustomerView | null; readonly after: string | null };

function askedOf(query: (name: string) => string | undefined): Asked {
  const after = query('after') ?? '';
  return {
    q: (query('q') ?? '').trim(),
    view: customerViews.find((one) => one === query('show')) ?? null,
    after: /^\d{7}$/.test(after) ? after : null,
  };
}

export function listAddress({ q, view, after }: Asked): string {
  const query = new URLSearchParams();
  for (const [name, value] of [
    ['q', q],
    ['show', view],
    ['after', after],
  ] as const)
    if (value) query.set(name, value);
  const text = query.toString();
  return text === '' ? place : `${place}?${text}`;
}

const views: Readonly<Record<CustomerView, { readonly says: string; readonly none: string }>> = {
  ended: { says: 'Support ended', none: 'Every customer has support.' },
  ending: { says: `Ends in ${endingDays} days`, none: `Nobody’s support ends within ${endingDays} days.` },
  'under-covered': { says: 'Under-covered', none: 'Nobody has fewer support licences than user licences.' },
  'no-contacts': { says: 'Without people', none: 'Every customer has somebody on record.' },
  welcome: { says: 'Welcome to come', none: 'No letter of welcome waits to go out.' },
};

const tabsOf = (asked: Asked): Html =>
  tabs(
    ([null, ...customerViews] as const).map((view) => ({
      href: listAddress({ ...asked, view, after: null }),
      says: view === null ? 'All' : views[view].says,
      current: asked.view === view,
    })),
    'Kinds of customers',
  );

const searchOf = ({ q, view }: Asked, pins: boolean): Html =>
  html`<form class="filters" method="get" role="search" aria-label="Customers">${
    view === null ? '' : html`<input type="hidden" name="show" value="${view}">`
  }<label class="field wide"><span>Find by name, number, ${pins ? 'PIN, ' : ''}address, licence or service tag</span><input type="search" name="q" value="${q}" autocomplete="off" data-search></label><button class="btn">Find</button></form>`;

function customerRow({ number, name, country, standing, people, unreachable, head }: CustomerLine): Html {
  const { says, tone } = standingPill(standing);
  const back =
    unreachable > 0 ? html` ${pill(`${counted(unreachable, 'address', 'addresses')} unreachable`, 'warn')}` : '';
  return row({
    href: `${place}/${number}`,
    says: html`<bdi>${name}</bdi> <span class="dim number">${number}</span>`,
    about: html`${head ?? 'nobody on record'}${people > 1 ? html` <span class="dim">and ${counted(people - 1, 'other')}</span>` : ''} <span class="dim">· ${country}</span>${back}`,
    side: pill(says, tone),
  });
}

function nothing({ q, view, after }: Asked, { search }: CustomersFound): Html | string {
  if (search.faults.length > 0 && search.sought.length === 0) return 'Nothing was looked for.';
  if (q !== '') return html`No customer fits. Look for a part of the name, or <a href="${place}">see all</a>.`;
  if (after !== null) return 'These were all.';
  if (view !== null) return views[view].none;
  return html`No customer is on record yet. <a href="${place}/import">Import them</a> from YAML or CSV.`;
}

function ends(asked: Asked, { next, lookedTo, items }: CustomersFound): Html | string {
  const further = next === null ? null : listAddress({ ...asked, after: next });
  const looked =
    lookedTo === null
      ? ''
      : html`<p class="looked">Looked at every customer up to ${lookedTo}. <a href="${further ?? place}" rel="next">Look further</a></p>`;
  const start =
    asked.after === null ? '' : html`<a class="btn" href="${listAddress({ ...asked, after: null })}">First</a>`;
  const more =
    further !== null && lookedTo === null
      ? html`<a class="btn" href="${further}" rel="next">Next ${items.length}</a>`
      : '';
  return html`${looked}${start || more ? html`<nav class="pager" aria-label="Pages">${start}${more}</nav>` : ''}`;
}

export async function listPage(c: ConsoleContext, deps: CustomerDeps & SearchDeps): Promise<Response> {
  const { customers } = deps;
  const viewer = c.get('viewer');
  const asked = askedOf((name) => c.req.query(name));
  const pins = viewerMay(viewer, pinRight);
  const list = customers.list({ ...asked, limit: perPage, pins });
  const [found, count, among] = await Promise.all([
    list,
    customers.count(mostCounted),
    asked.view === null
      ? kindTabs(c, deps, {
          ...{ current: 'customers', q: asked.q },
          found: list.then(({ items, next }) => ({ found: items.length, more: next !== null })),
        })
      : '',
  ]);
  const { understood, faults } = found.search;
  const files = viewerMay(viewer, fileRight);
  const body = html`${among || tabsOf(asked)}${searchOf(asked, pins)}${faults.map((says) => fault(says, 'This part was left out.'))}${
    understood.length > 0 ? html`<p class="looked">Looked for ${understood.join(' and ')}.</p>` : ''
  }${
    found.items.length === 0 && found.lookedTo === null
      ? empty(nothing(asked, found))
      : rows(found.items.map(customerRow), 'Customers')
  }${ends(asked, found)}`;
  return consolePage(c, {
    ...{ title: 'Customers', place, body, assets: sheet },
    heading: html`Customers${count > 0 ? html` <span class="dim count">${countShown(count)}</span>` : ''}`,
    tools: files
      ? html`<a class="btn" href="${place}/import" data-key="i">Import <kbd>i</kbd></a><a class="btn" href="${place}/export">Export</a>`
      : html``,
    keys: [['i', 'Import from YAML or CSV']],
  });
}
