/**
 * The registry's files (INTERFACE.md "Registry file"): read without a guess. Every scalar is taken as it is written, so that
 * `pin: 0345` keeps its zero; every fault is named with its file and line, all at once. What has no fault is still handed on,
 * so that it can be judged beside the rest of the registry in the same round.
 */
import { isMap, isScalar, LineCounter, parseDocument, stringify } from 'yaml';
import { isTable, readTable } from './registry-csv.ts';
import {
  type Clears,
  checkEntry,
  type EntryPlace,
  type Fault,
  loose,
  type Places,
  type ProductEntry,
  type RegistryDocument,
  type SiteEntry,
  type TableName,
  type VersionEntry,
  whole,
} from './registry-form.ts';

export type {
  Clears,
  ContactEntry,
  Fault,
  LicenceEntry,
  Places,
  PlanEntry,
  ProductEntry,
  RegistryDocument,
  SiteEntry,
} from './registry-form.ts';
export type SourceFile = { readonly name: string; readonly text: string };

const siteLists = ['contacts', 'licences', 'plans'] as const;

type Reading = {
  readonly faults: Fault[];
  readonly places: Map<object, EntryPlace>;
  readonly clears: Map<object, readonly string[]>;
  readonly sites: SiteEntry[];
  readonly products: ProductEntry[];
};

const said = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part + 1}]` : String(part)))
    .join('.')
    .replaceAll('.[', '[');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readYaml(source: SourceFile, { faults, places, clears, sites, products }: Reading): void {
  const lines = new LineCounter();
  const document = parseDocument(source.text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const file = source.name;
  const lineAt = (offset: number) => lines.linePos(offset).line;
  for (const error of document.errors)
    faults.push({ file, line: lineAt(error.pos[0]), says: error.message.split('\n')[0] ?? 'is no YAML' });
  if (document.errors.length > 0) return;
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      const range = (node as { range?: [number, number, number] } | null)?.range;
      if (range) return lineAt(range[0]);
    }
    return 1;
  };
  const lineOfKey = (path: readonly PropertyKey[], key: string): number => {
    const map = path.length === 0 ? document.contents : document.getIn(path, true);
    const found = isMap(map) ? map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key : null;
    return isScalar(found) && found.range ? lineAt(found.range[0]) : lineOf(path);
  };
  const fault = (path: readonly PropertyKey[], says: string, line = lineOf(path)) =>
    faults.push({ file, line, says: `${said(path) || 'the file'}: ${says}` });
  const judged = (table: TableName, raw: unknown, path: readonly PropertyKey[]): object | null => {
    const found = checkEntry(whole, table, raw, (issue) => {
      const at = [...path, ...issue.path];
      fault(at, issue.message, issue.keys ? lineOfKey(at, issue.keys[0] ?? '') : lineOf(at));
    });
    if (!found) return null;
    places.set(found.entry, { file, line: lineOf(path) });
    if (found.cleared.length > 0) clears.set(found.entry, found.cleared);
    return found.entry;
  };
  const list = (holder: Record<string, unknown>, key: string, path: readonly PropertyKey[]): unknown[] | undefined => {
    const value = holder[key];
    if (value === undefined) return undefined;
    if (Array.isArray(value)) return value;
    fault([...path, key], 'is not a list');
    return [];
  };

  const root: unknown = document.toJS() ?? {};
  if (!isRecord(root)) return void fault([], 'has no keys; it begins with sites: or products:');
  for (const key of Object.keys(root))
    if (key !== 'sites' && key !== 'products')
      fault([], `there is no key "${key}", only sites and products`, lineOfKey([], key));
  for (const [p, raw] of (list(root, 'products', []) ?? []).entries()) {
    const path = ['products', p];
    const { versions: _, ...plain } = isRecord(raw) ? raw : {};
    const product = judged('products', isRecord(raw) ? plain : raw, path) as { name: string } | null;
    const rawVersions = isRecord(raw) ? (list(raw, 'versions', path) ?? []) : [];
    const versions = rawVersions.map((one, v) => judged('versions', one, [...path, 'versions', v]));
    if (!product) continue;
    products.push(Object.assign(product, { versions: versions.filter((one) => one !== null) as VersionEntry[] }));
  }
  for (const [s, raw] of (list(root, 'sites', []) ?? []).entries()) {
    const path = ['sites', s];
    const { contacts: _c, licences: _l, plans: _p, ...plain } = isRecord(raw) ? raw : {};
    const before = faults.length;
    const site = judged('sites', isRecord(raw) ? plain : raw, path) as SiteEntry | null;
    for (const key of siteLists) {
      const entries = isRecord(raw) ? list(raw, key, path) : undefined;
      const good = entries?.map((one, i) => judged(key, one, [...path, key, i])).filter((one) => one !== null);
      if (site && good) Object.assign(site, { [key]: good });
    }
    if (!site) continue;
    if (faults.length > before) places.set(site, { file, line: lineOf(path), broken: true });
    sites.push(site);
  }
}

type JudgedRow = {
  readonly table: TableName;
  readonly entry: object | null;
  /** The site or product that the row belongs to. */
  readonly of: string;
  readonly file: string;
  readonly line: number;
};

/** Rows are judged one by one, so that no table is in memory as text and as entries at once. */
function readRows(source: SourceFile, { faults, places, clears }: Reading, rows: JudgedRow[]): TableName | null {
  const file = source.name;
  return readTable(file, source.text, faults, (table, { line, cells }) => {
    const { site, product: owner, ...rest } = cells;
    const raw = table === 'licences' ? { ...rest, ...(owner === undefined ? {} : { product: owner }) } : rest;
    const found = checkEntry(loose, table, raw, (issue) =>
      faults.push({ file, line, column: String(issue.path[0] ?? ''), says: issue.message }),
    );
    if (found) {
      places.set(found.entry, { file, line, table: true });
      if (found.cleared.length > 0) clears.set(found.entry, found.cleared);
    }
    if (table !== 'sites' && site !== undefined && !/^\d{7}$/.test(String(site)))
      faults.push({ file, line, column: 'site', says: `"${site}" is not a site number of 7 digits` });
    rows.push({ table, entry: found?.entry ?? null, of: String(table === 'versions' ? owner : site), file, line });
  });
}

/** Rows find their site or product by its number or name, in whichever file it stands; else it is on record, or a fault later. */
function attachRows(judged: readonly JudgedRow[], given: ReadonlySet<TableName>, reading: Reading): void {
  const { places, sites, products } = reading;
  for (const { table, entry } of judged) {
    if (table === 'sites' && entry) sites.push(entry as SiteEntry);
    if (table === 'products' && entry) products.push(Object.assign(entry as { name: string }, { versions: [] }));
  }
  // A table that is given speaks for every site named in one: with --prune, no row is no entry.
  for (const site of sites)
    for (const key of siteLists) if (given.has(key) && places.get(site)?.table) site[key] ??= [];
  const siteOf = new Map(sites.map((site) => [site.number, site]));
  const productOf = new Map(products.map((product) => [product.name, product]));
  for (const { table, entry, of, file, line } of judged) {
    if (table === 'versions') {
      let product = productOf.get(of);
      if (!product) {
        product = { name: of, versions: [] };
        places.set(product, { file, line, table: true, implied: true });
        productOf.set(of, product);
        products.push(product);
      }
      if (entry) product.versions.push(entry as VersionEntry);
    } else if (table !== 'sites' && table !== 'products' && /^\d{7}$/.test(of)) {
      let site = siteOf.get(of);
      if (!site) {
        site = { number: of };
        places.set(site, { file, line, table: true, implied: true });
        siteOf.set(of, site);
        sites.push(site);
      }
      site[table] ??= [];
      if (entry) (site[table] as object[]).push(entry);
      else places.set(site, { ...(places.get(site) ?? { file, line, table: true }), broken: true });
    }
  }
}

/** All files as one, YAML and tables mixed; faults of form only. The rest is judged beside what is on record (`registry-merge.ts`). */
export function readRegistry(files: readonly SourceFile[]): {
  document: RegistryDocument;
  faults: Fault[];
  places: Places;
  clears: Clears;
} {
  const reading: Reading = { faults: [], places: new Map(), clears: new Map(), sites: [], products: [] };
  const rows: JudgedRow[] = [];
  const given = new Set<TableName>();
  for (const source of files) {
    if (!isTable(source.name)) readYaml(source, reading);
    else {
      const table = readRows(source, reading, rows);
      if (table) given.add(table);
    }
  }
  attachRows(rows, given, reading);
  const { faults, places, clears, sites, products } = reading;
  return { document: { products, sites }, faults, places, clears };
}

/** `{{today}}`, `{{today+30}}` and `{{today-5}}` become days; `today` is an ISO day. For the demo, whose contracts are always young. */
export function fillDates(text: string, today: string): string {
  return text.replace(/\{\{today(?:([+-])(\d{1,5}))?\}\}/g, (_, sign: string | undefined, days: string | undefined) =>
    Temporal.PlainDate.from(today)
      .add({ days: sign === '-' ? -Number(days) : Number(days ?? 0) })
      .toString(),
  );
}

/** The same form back, as YAML; what would read as a number or a day is quoted. */
export const writeRegistry = (document: object): string =>
  stringify(document, { lineWidth: 0, singleQuote: false, defaultStringType: 'PLAIN', nullStr: '' });
