/** Cases as our people go through them: lists, the search, and lists that somebody keeps. */
import { nameOf } from '../../../acts/cases/working/take-case.ts';
import {
  type CaseFilter,
  type CaseSearch,
  type CaseSearchKey,
  caseSearch,
  keyed,
} from '../../../cases/search/case-search.ts';
import { type FoundIn, foundIn } from '../../../cases/search/found-in.ts';
import { holds, indexQuery, inexact, isExact, type Term } from '../../../cases/search/terms.ts';
import { actorOf, type By } from '../../../changes/by.ts';
import type { Policy } from '../../../intake/policy.ts';
import { staffMay } from '../../../staff/rights.ts';
import { named } from '../../../staff/staff.ts';
import {
  type CaseCounts,
  countAtRisk,
  countCases,
  isCase,
  newestCase,
  sitesMeant,
} from '../../../store/cases/listed/count-cases.ts';
import {
  type CaseKey,
  type CaseLine,
  type CaseOrder,
  type CasesAsked,
  casesAmong,
  casesById,
  type Found,
  listedCases,
  placesOf,
} from '../../../store/cases/listed/list-cases.ts';
import { type PresentOn, presentNow } from '../../../store/cases/listed/present.ts';
import { dropView, keepView, renameView, type SavedView, savedViews } from '../../../store/cases/listed/saved-views.ts';
import { type SearchReach, searchedCases, searchReach } from '../../../store/cases/listed/search-rows.ts';
import type { Database } from '../../../store/database.ts';
import { listStaff } from '../../staff/list-staff.ts';
import { searchedOf } from './index-cases.ts';

export { type CaseOrder, caseOrders } from '../../../store/cases/listed/list-cases.ts';
export type PresentNamed = Pick<PresentOn, 'staff' | 'typing'> & { readonly name: string };
export type { CaseCounts, CaseKey, CaseLine, FoundIn, SavedView, SearchReach };

/** What is owed within so many hours is at risk, and what is late. */
export const riskHours = 2;

export type ListAsked = {
  /** As it was typed. */
  readonly q: string;
  /** Fields of the page, as if they had been typed with their keys. */
  readonly fields: Readonly<Partial<Record<CaseSearchKey, string>>>;
  /** Null: what is usual for what is asked. */
  readonly order: CaseOrder | null;
  readonly after: CaseKey | null;
  readonly limit: number;
  readonly viewer: string;
  readonly zone: string;
  /** Say where in each case the words stand. */
  readonly places?: boolean;
};

export type ListedCases = {
  readonly lines: readonly CaseLine[];
  readonly next: CaseKey | null;
  /** How far it was looked, where the page ended before it was full. */
  readonly lookedTo: string | null;
  readonly search: Pick<CaseSearch, 'understood' | 'faults'>;
  /** Fields in words, by their keys. */
  readonly narrowed: readonly { readonly key: CaseSearchKey; readonly says: string }[];
  readonly status: CasesAsked['status'];
  readonly order: CaseOrder;
  /** What it is where none is asked for. */
  readonly usual: CaseOrder;
  /** The orders that there are for what is asked. */
  readonly orders: readonly CaseOrder[];
  /** Of a search for words alone; above 10,000 there are more. */
  readonly hits: number | null;
  /** Words were looked for: how far they are read. */
  readonly reach: SearchReach | null;
  /** Where in a case they stand, by its number, of the first of the page; left out where its row shows it anyway. */
  readonly foundIn: ReadonlyMap<string, FoundIn>;
};

type CaseListsDeps = { readonly database: Database; readonly policy: Policy };

export type CaseLists = ReturnType<typeof openCaseLists>;

/** So many hits are read letter by letter for one page. */
const mostRead = 1_000;
const readAtOnce = 60;
/** Of so many rows of a page it is said where in the case the words stand. */
const mostPlaced = 20;

type Asking = Omit<CasesAsked, 'order' | 'after' | 'limit' | 'words'>;

export function openCaseLists({ database, policy }: CaseListsDeps) {
  async function asked(
    filters: readonly CaseFilter[],
    viewer: string,
  ): Promise<Asking & { faults: readonly string[] }> {
    let status: CasesAsked['status'] | undefined;
    const faults: string[] = [];
    const standing: NonNullable<CasesAsked['standing']>[number][] = [];
    const ask: { -readonly [key in keyof Asking]?: Asking[key] } = {};
    const narrower = <T>(before: readonly T[] | undefined, now: readonly T[]): readonly T[] =>
      before === undefined ? now : before.filter((one) => now.includes(one));
    for (const filter of filters)
      switch (filter.kind) {
        case 'status':
          status = filter.status;
          break;
        case 'severity':
          ask.severities = narrower(ask.severities, filter.severities);
          break;
        case 'owner': {
          if (filter.who === 'none') ask.owner = null;
          else if (filter.who === 'me') ask.owner = [viewer];
          else {
            const found = named(await listStaff({ database, policy }), filter.who).map(({ email }) => email);
            // Whoever has left has an address only.
            ask.owner = found.length === 0 && filter.who.includes('@') ? [filter.who.toLowerCase()] : found;
            if (ask.owner.length === 0)
              faults.push(`Nobody of ours is called “${filter.who}”, so that nothing was found.`);
          }
          break;
        }
        case 'of-kind':
          ask.kind = filter.of;
          break;
        case 'site':
          ask.sites = narrower(ask.sites, await sitesMeant(database, { number: filter.number }));
          break;
        case 'site-named':
          ask.sites = narrower(ask.sites, await sitesMeant(database, { part: filter.part }));
          break;
        case 'due':
          ask.dueBefore = ask.dueBefore !== undefined && ask.dueBefore < filter.before ? ask.dueBefore : filter.before;
          break;
        case 'case':
          ask.number = filter.number;
          break;
        case 'unanswered':
        case 'late':
        case 'waiting':
        case 'proposed':
        case 'lapsed':
          standing.push(filter.kind);
          break;
        default:
          filter satisfies never;
      }
    const isOfOpen = standing.length > 0 || ask.dueBefore !== undefined;
    return { ...ask, standing, status: isOfOpen ? 'open' : (status ?? 'open'), faults };
  }

  /** Where the index says too much what it has found is read, some at a time, until the page is full. */
  async function found(ask: CasesAsked, terms: readonly Term[]): Promise<Found<CaseLine>> {
    if (isExact(terms)) return listedCases(database, ask);
    const { rows, more, lookedTo, hits } = await placesOf(database, { ...ask, limit: mostRead });
    const kept: string[] = [];
    const unsaid = inexact(terms);
    let read = 0;
    let atOnce = readAtOnce;
    // One more than fits says that there is a next page.
    while (read < rows.length && kept.length <= ask.limit) {
      const ids = rows.slice(read, read + atOnce).map(({ key }) => key.id);
      read += ids.length;
      atOnce *= 2;
      const texts = await searchedCases(database, ids);
      for (const id of ids) {
        const text = texts.get(id);
        // A secret is masked where the rest would have been found.
        if (text && holds(text, unsaid) && holds(searchedOf(text), unsaid)) kept.push(id);
      }
    }
    const lines = await casesById(database, kept.slice(0, ask.limit), ask.order);
    if (kept.length > ask.limit) return { rows: lines, more: true, lookedTo: null, hits };
    const last = more && lookedTo === null ? (rows.at(-1) ?? null) : lookedTo;
    return { rows: lines, more, lookedTo: last, hits };
  }

  /** Texts are read whole for it, so that not every row of a page has it. */
  async function whereFound(rows: readonly CaseLine[], terms: readonly Term[]): Promise<ReadonlyMap<string, FoundIn>> {
    if (terms.length === 0 || rows.length === 0) return new Map();
    const texts = await searchedCases(
      database,
      rows.map(({ key }) => key.id),
    );
    return new Map(
      rows.flatMap(({ number, key }) => {
        const text = texts.get(key.id);
        // What is masked is shown masked.
        const found = text && foundIn(searchedOf(text), terms);
        return found ? [[number, found] as const] : [];
      }),
    );
  }

  return {
    async list({
      q,
      fields,
      order,
      after,
      limit,
      viewer,
      zone,
      places: wantsPlaces = false,
    }: ListAsked): Promise<ListedCases> {
      const at = { now: new Date().toISOString(), zone };
      const read = caseSearch(q, at);
      const faults = [...read.faults];
      const ofFields: CaseFilter[] = [];
      const narrowed: { key: CaseSearchKey; says: string }[] = [];
      const terms = [...read.terms];
      for (const [key, value] of Object.entries(fields)) {
        if (!value) continue;
        const one = keyed(key as CaseSearchKey, value, at);
        if ('fault' in one) {
          faults.push(one.fault);
          continue;
        }
        narrowed.push({ key: key as CaseSearchKey, says: one.says });
        if ('filter' in one) ofFields.push(one.filter);
        else terms.push(...one.terms);
      }
      const filters = [...ofFields, ...read.filters];
      // Somebody who looks for words, or for one case, looks for closed ones as well.
      const wide = terms.length > 0 || filters.some(({ kind }) => kind === 'case');
      const isSaid = filters.some(({ kind }) => kind === 'status');
      const { faults: ofFilters, ...asking } = await asked(
        wide && !isSaid ? [{ kind: 'status', status: 'any' }, ...filters] : filters,
        viewer,
      );
      faults.push(...ofFilters);
      const orders: readonly CaseOrder[] =
        asking.status === 'open' ? ['due', 'urgent', 'newest', 'oldest'] : ['newest', 'oldest'];
      // What owes an answer comes first, whatever its severity: a deadline is a promise.
      const usual: CaseOrder = asking.status === 'open' && terms.length === 0 ? 'due' : 'newest';
      const by = order !== null && orders.includes(order) ? order : usual;
      const words = terms.length > 0 ? indexQuery(terms) : undefined;
      const search = { understood: read.understood, faults };
      const how = { search, narrowed, status: asking.status, order: by, usual, orders };
      // What was not understood finds nothing: a search that is one fault would else list every case.
      if (q.trim() !== '' && read.understood.length === 0 && faults.length > 0)
        return { lines: [], next: null, lookedTo: null, hits: null, reach: null, foundIn: new Map(), ...how };
      const alone = words !== undefined && filters.length === 0 && isExact(terms);
      const [page, reach] = await Promise.all([
        found({ ...asking, order: by, after, limit, ...(words !== undefined && { words }) }, terms),
        words === undefined ? null : searchReach(database),
      ]);
      const places = wantsPlaces ? await whereFound(page.rows.slice(0, mostPlaced), terms) : new Map();
      const last = page.rows.at(-1);
      return {
        lines: page.rows,
        next: !page.more ? null : (page.lookedTo?.key ?? last?.key ?? null),
        lookedTo: page.lookedTo?.openedAt ?? null,
        hits: alone ? page.hits : null,
        reach,
        foundIn: places,
        ...how,
      };
    },
    isCase: (number: string) => isCase(database, number),
    among: (numbers: readonly string[]) => casesAmong(database, numbers),
    counts: (viewer: string): Promise<CaseCounts> => countCases(database, { mine: viewer, riskHours }),
    atRisk: () => countAtRisk(database, riskHours),
    newest: () => newestCase(database),
    /** Who is at which case just now, by its number. */
    async present(): Promise<ReadonlyMap<string, readonly PresentNamed[]>> {
      const all = await presentNow(database);
      const named = all.map((one) => ({ ...one, name: nameOf(policy.desk, one.staff) }));
      return new Map(
        Object.entries(Object.groupBy(named, ({ number }) => number)).map(([of, some = []]) => [of, some]),
      );
    },
    /** Who works on cases, by name: to be given one. */
    async people(): Promise<readonly { readonly email: string; readonly name: string }[]> {
      const all = await listStaff({ database, policy });
      return all
        .filter((one) => one.inForce && staffMay(one, 'cases: work'))
        .map(({ email, name }) => ({ email, name }))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
    },
    views: (viewer: string) => savedViews(database, viewer),
    keepView: (view: Omit<SavedView, 'id'>, by: By) => keepView(database, view, { actor: actorOf(by) }),
    renameView: (view: Pick<SavedView, 'id' | 'name'>, by: By) => renameView(database, view, { actor: actorOf(by) }),
    dropView: (id: string, by: By) => dropView(database, id, { actor: actorOf(by) }),
  };
}
