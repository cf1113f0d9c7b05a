/** The list of customers: found by what somebody knows of one, and by what becomes of their support. */

import { dayAt } from '../../registry/entitlement.ts';
import { isServed, type Standing, standingOn } from '../../registry/licences/time-line.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import type { Role } from '../../registry/site.ts';
import type { Database } from '../../store/database.ts';
import {
  countSites,
  type SiteContract,
  type SiteFilter,
  type SitePeople,
  siteContracts,
  sitePeople,
} from '../../store/registry/site-list.ts';
import { type CustomerSearch, customerSearch } from './customer-search.ts';

/** `ended`: none today, grace included; `ending`: no more within `endingDays`. */
export const customerViews = ['ended', 'ending', 'under-covered', 'no-contacts', 'welcome'] as const;
export type CustomerView = (typeof customerViews)[number];

/** So many days before its end support is *ending*: the first letter about it goes out then. */
export const endingDays = 90;

export type CustomerLine = {
  readonly number: string;
  readonly name: string;
  readonly country: string;
  readonly standing: Standing;
} & Pick<SitePeople, 'people' | 'unreachable' | 'head'>;

export type CustomersFound = {
  readonly search: CustomerSearch;
  readonly items: readonly CustomerLine[];
  /** Behind which site the next page begins; null: there is no more. */
  readonly next: string | null;
  /** Where the page ended before it was full: the name up to which all were looked at. */
  readonly lookedTo: string | null;
};

export type ListCustomers = {
  readonly q: string;
  readonly view: CustomerView | null;
  readonly after: string | null;
  readonly limit: number;
  /** Whoever asks may know PINs. */
  readonly pins: boolean;
};

type Deps = { readonly database: Database; readonly policy: RegistryPolicy };

/** Whether support runs is judged by the core, site by site: so many are loaded at once, and looked at for one page. */
const atOnce = 1_000;
const mostLooked = 20_000;

const fits: { readonly [view in CustomerView]?: (standing: Standing) => boolean } = {
  ended: ({ judged }) => !isServed(judged),
  ending: ({ judged, until }) => isServed(judged) && until !== null,
  'under-covered': ({ judged }) => judged.kind === 'under-covered',
};

/** A day more on either side: it is another day somewhere else. The end of a trial, and of support without one, stands in no row. */
function endingWithin(now: string): NonNullable<SiteFilter['ends']> {
  const today = Temporal.PlainDate.from(dayAt(now, 'UTC'));
  return {
    from: today.subtract({ days: 1 }).toString(),
    to: today.add({ days: endingDays + 1 }).toString(),
    withoutEnd: ['support'],
    withEnd: ['trial'],
  };
}

const filterOf = (view: CustomerView | null, search: CustomerSearch, now: string): SiteFilter => ({
  sought: search.sought,
  ...(view === 'no-contacts' && { without: 'contacts' }),
  ...(view === 'welcome' && { due: 'welcome' }),
  ...(view === 'ending' && { ends: endingWithin(now) }),
});

/** In each zone it is one day: asked once a zone, and not once a site. */
function daysAt(now: string): (zone: string) => string {
  const known = new Map<string, string>();
  return (zone) => {
    const day = known.get(zone) ?? dayAt(now, zone);
    known.set(zone, day);
    return day;
  };
}

const head: Role = 'primary';

export async function listCustomers({ database, policy }: Deps, asked: ListCustomers): Promise<CustomersFound> {
  const { view, limit } = asked;
  const search = customerSearch(asked.q, { graceDays: policy.pinGraceDays, pins: asked.pins });
  // Nothing is found by what was not understood alone: a search that is one fault would else list everybody.
  if (search.sought.length === 0 && search.faults.length > 0) return { search, items: [], next: null, lookedTo: null };
  const judge = view === null ? undefined : fits[view];
  const now = new Date().toISOString();
  const filter = filterOf(view, search, now);
  const dayIn = daysAt(now);
  const found: { of: SiteContract; standing: Standing }[] = [];
  let { after } = asked;
  let looked = 0;
  let last: SiteContract | undefined;
  for (let whole = false; !whole && found.length <= limit && looked < mostLooked; ) {
    const most = judge ? atOnce : limit + 1;
    const page = await database.ask((db) => siteContracts(db, filter, { after, limit: most }));
    for (const of of page) {
      if (found.length > limit) break;
      const standing = standingOn(of, dayIn(of.timezone), endingDays, policy);
      if (!judge || judge(standing)) found.push({ of, standing });
    }
    looked += page.length;
    last = page.at(-1) ?? last;
    after = page.at(-1)?.number ?? after;
    whole = page.length < most;
    if (whole) last = undefined;
  }
  const shown = found.slice(0, limit);
  const people = await database.ask((db) =>
    sitePeople(
      db,
      shown.map(({ of }) => of.number),
      head,
    ),
  );
  const items = shown.map(({ of: { number, name, country }, standing }): CustomerLine => {
    const { people: count = 0, unreachable = 0, head: address = null } = people.get(number) ?? {};
    return { number, name, country, standing, people: count, unreachable, head: address };
  });
  if (found.length > limit) return { search, items, next: items.at(-1)?.number ?? null, lookedTo: null };
  return { search, items, next: last?.number ?? null, lookedTo: last?.name ?? null };
}

export const countCustomers = ({ database }: Pick<Deps, 'database'>, most: number): Promise<number> =>
  database.ask((db) => countSites(db, most));
