/** What the address of the list says: what is looked for, in which order, from where on. A copied link gives the same screen. */
import { type CaseSearchKey, caseSearchKeys } from '../../../cases/search/case-search.ts';
import { type CaseKey, type CaseOrder, caseOrders } from '../../../flows/cases/listed/case-lists.ts';

export type AskedCases = {
  readonly q: string;
  readonly fields: Readonly<Partial<Record<CaseSearchKey, string>>>;
  readonly order: CaseOrder | null;
  readonly after: CaseKey | null;
};

export const mostTyped = 400;
const mostOfAField = 120;

const clean = (text: string | undefined, most: number): string =>
  (text ?? '')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, most);

/** `2~2026-11-29T10:00:00+00:00~17`. */
function keyOf(text: string | undefined): CaseKey | null {
  const found = /^([1-4])~(infinity|[0-9T:.+-]{10,40})~(\d{1,18})$/.exec(text ?? '');
  if (!found) return null;
  const [, severity, owed = '', id = ''] = found;
  if (owed !== 'infinity' && Number.isNaN(Date.parse(owed))) return null;
  return { severity: Number(severity), owed, id };
}
const keyText = ({ severity, owed, id }: CaseKey): string => `${severity}~${owed}~${id}`;

/** What is not understood is left out: a mistyped address shows the list. */
export function readAsked(query: (name: string) => string | undefined): AskedCases {
  const fields: Partial<Record<CaseSearchKey, string>> = {};
  for (const key of caseSearchKeys) {
    const value = clean(query(key), mostOfAField);
    if (value !== '') fields[key] = value;
  }
  const order = caseOrders.find((one) => one === query('sort')) ?? null;
  return { q: clean(query('q'), mostTyped), fields, order, after: keyOf(query('after')) };
}

/** Behind the question mark; what is kept under a name has no page in it. */
export function queryOf({ q, fields, order, after }: AskedCases): string {
  const query = new URLSearchParams();
  if (q !== '') query.set('q', q);
  for (const key of caseSearchKeys) if (fields[key]) query.set(key, fields[key]);
  if (order !== null) query.set('sort', order);
  if (after !== null) query.set('after', keyText(after));
  return query.toString();
}

export const listAddress = (asked: AskedCases): string => {
  const query = queryOf(asked);
  return query === '' ? '/cases' : `/cases?${query}`;
};

export const everything: AskedCases = { q: '', fields: {}, order: null, after: null };

/** As it was kept; what a later version does not know is left out. */
export const ofQuery = (query: string): AskedCases => {
  const read = new URLSearchParams(query);
  return readAsked((name) => read.get(name) ?? undefined);
};

/** The same list, whatever its order and page. */
export const isSameList = (a: AskedCases, b: AskedCases): boolean =>
  queryOf({ ...a, order: null, after: null }) === queryOf({ ...b, order: null, after: null });
