/** Requests for access as our own people work on them in the console: lists, and one with all that is known of it (POLICY §8). */
import { type Due, dueOf } from '../../access/due.ts';
import { undoUntil } from '../../access/request.ts';
import { firstToldOf } from '../../acts/access/access-letters.ts';
import { askerAt, decidersAt, registers, rightSite } from '../../acts/access/on-request.ts';
import type { AccessRecord } from '../../acts/access/records.ts';
import { placeCalendar } from '../../calendar/place-calendar.ts';
import type { Policy } from '../../intake/policy.ts';
import { findRequest, listRequests, type RequestFilter } from '../../store/access/list-requests.ts';
import { besideRequests, countRequests, lettersOfRequest } from '../../store/access/request-desk.ts';
import type { Database } from '../../store/database.ts';
import type { LetterListItem } from '../../store/letters/letter-list.ts';
import { loadRecords } from '../../store/records.ts';
import { type ShownRequest, shownRequest } from './shown-request.ts';

export type { RequestCounts } from '../../store/access/request-desk.ts';
export type { RequestFilter, ShownRequest };

export type RequestLine = ShownRequest & {
  /** Of the site that has the number, whatever country was named. */
  readonly siteName: string | null;
  /** When client care owes an answer; null where it does not. */
  readonly careDue: string | null;
};
type Person = { readonly name: string; readonly address: string; readonly role: string };
export type RequestWhole = RequestLine & {
  readonly said: AccessRecord['said'];
  readonly language: string;
  /** The mail that asked. */
  readonly mail: string | null;
  readonly registers: boolean;
  /** Number and country are those of one site; of a registration that of its licence. Null where they are not. */
  readonly at: {
    readonly number: string;
    readonly name: string;
    readonly country: string;
    readonly timezone: string;
  } | null;
  /** The site that has the number, where the country that was said is another one. */
  readonly otherCountry: string | null;
  /** As whom the asker is on record there; null where they are not. */
  readonly askerIs: string | null;
  readonly deciders: readonly Person[];
  /** Nobody is on record at the site: whoever is let in is its primary. */
  readonly nobodyThere: boolean;
  readonly due: Due | null;
  /** What the first of two has granted; `by` is who. */
  readonly first: (NonNullable<ReturnType<typeof firstToldOf>> & { readonly by: string }) | null;
  /** Until when whoever decided can take it back; null: not any more. */
  readonly undoUntil: string | null;
  readonly letters: readonly LetterListItem[];
};

type Deps = { readonly database: Database; readonly policy: Policy };

const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

async function withSites(database: Database, requests: readonly ShownRequest[]): Promise<RequestLine[]> {
  const beside = await besideRequests(
    database,
    requests.map(({ id }) => id),
  );
  return requests.map((one) => {
    const own = beside.find(({ request }) => request === one.id);
    return { ...one, siteName: own?.siteName ?? null, careDue: own?.due ?? null };
  });
}

async function wholeOf({ database, policy }: Deps, id: string): Promise<RequestWhole | null> {
  const [row, records, letters] = await Promise.all([
    findRequest(database, id),
    loadRecords(database, { accessRequest: id }, policy),
    lettersOfRequest(database, id),
  ]);
  const { accessRequest: on, now } = records;
  if (!row || !on) return null;
  const [line] = await withSites(database, [shownRequest(row)]);
  if (!line) return null;
  const site = rightSite(on);
  const given = { by: { kind: 'clock' }, now, desk: policy.desk, policy } as const;
  const first = firstToldOf(on);
  const firstBy = row.steps.findLast(({ kind }) => kind === 'first-granted')?.by ?? '';
  return {
    ...line,
    ...{ said: on.said, language: on.language, mail: on.mail, registers: registers(on) },
    at: site && { number: site.number, name: site.name, country: site.country, timezone: site.timezone },
    otherCountry: on.site && !site ? on.site.country : null,
    askerIs: askerAt(on)?.role ?? null,
    deciders: site ? decidersAt(on, given).map(({ name, email: address, role }) => ({ name, address, role })) : [],
    nobodyThere: on.people.length === 0,
    due: dueOf(on.steps, placeCalendar(site, policy, policy.publicHolidays), policy),
    first: first && { ...first, by: first.who ?? firstBy },
    undoUntil: undoUntil(row.steps, policy.access, now),
    letters,
  };
}

export const openAccessDesk = (deps: Deps) => ({
  async list(filter: RequestFilter) {
    const { items, next } = await listRequests(deps.database, filter);
    return { items: await withSites(deps.database, items.map(shownRequest)), next };
  },
  counts: () => countRequests(deps.database),
  one: async (id: string): Promise<RequestWhole | null> => (isId(id) ? wholeOf(deps, id) : null),
});
export type AccessDesk = ReturnType<typeof openAccessDesk>;
