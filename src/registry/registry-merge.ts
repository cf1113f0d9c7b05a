/**
 * What is on record and what a file says become one registry, and what has changed is said in words. What is not named stays;
 * with `prune` contacts, licences and plans that are not named go, within the sites named. Nothing here writes.
 */
import type {
  Clears,
  ContactEntry,
  Fault,
  LicenceEntry,
  Places,
  PlanEntry,
  ProductEntry,
  RegistryDocument,
  SiteEntry,
} from './registry-file.ts';
import { cellText, needed } from './registry-form.ts';
import {
  addressesOf,
  checkOnce,
  checkPeople,
  checkPins,
  checkRepresentative,
  type RetiredPin,
} from './registry-rules.ts';

type Merged = { readonly document: RegistryDocument; readonly faults: Fault[]; readonly changes: string[] };

/** Keeps what the newer entry does not say. */
const over = <T extends object>(old: T | undefined, next: T): T =>
  ({ ...old, ...Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) }) as T;

type Lists = { contacts: ContactEntry; licences: LicenceEntry; plans: PlanEntry };
const keyOf: { [K in keyof Lists]: (entry: Lists[K]) => string } = {
  contacts: (entry) => entry.email,
  licences: (entry) => entry.number,
  plans: (entry) => `${entry.kind} ${entry.from}`,
};
const nameOf: { [K in keyof Lists]: (entry: Lists[K]) => string } = {
  contacts: (entry) => `contact ${entry.email}`,
  licences: (entry) => `licence ${entry.number}`,
  plans: (entry) => `plan ${entry.kind} from ${entry.from}`,
};

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  return typeof value === 'object' && value !== null ? cellText(value) : String(value);
};

/** Lists have no order of their own, and what is off is not written down. */
const plainly = (value: unknown): string =>
  JSON.stringify(
    Array.isArray(value) ? (value.length > 0 ? [...value].sort() : null) : value === false ? null : (value ?? null),
  );

/**
 * Which entry on record each contact is: by its e-mail address, else by any address they share, so that an address handed
 * from one contact to another does not swap the two. Undefined is a new contact.
 */
export function matchContacts<T extends { readonly email: string; readonly aliases?: readonly string[] | undefined }>(
  old: readonly T[],
  next: readonly ContactEntry[],
): (T | undefined)[] {
  const taken = new Set<T>();
  const take = (known: T | undefined) => {
    if (known) taken.add(known);
    return known;
  };
  const free = (ones: readonly T[] | undefined) => ones?.find((one) => !taken.has(one));
  const withEmail = Map.groupBy(old, (one) => one.email);
  const byEmail = next.map((entry) => take(free(withEmail.get(entry.email))));
  const withAddress = new Map<string, T[]>();
  for (const one of old)
    for (const address of [one.email, ...(one.aliases ?? [])])
      withAddress.set(address, [...(withAddress.get(address) ?? []), one]);
  return next.map(
    (entry, at) => byEmail[at] ?? take(free(addressesOf(entry).flatMap((address) => withAddress.get(address) ?? []))),
  );
}

function matchByKey<T>(old: readonly T[], next: readonly T[], key: (entry: T) => string): (T | undefined)[] {
  const free = new Map(old.map((entry) => [key(entry), entry]));
  return next.map((entry) => {
    const known = free.get(key(entry));
    free.delete(key(entry));
    return known;
  });
}

function difference(prefix: string, old: object | undefined, next: object, changes: string[]): void {
  if (!old) {
    changes.push(`${prefix}: new`);
    return;
  }
  const before = old as Record<string, unknown>;
  for (const [key, value] of Object.entries(next)) {
    const was = before[key];
    if (plainly(was) !== plainly(value)) changes.push(`${prefix}: ${key} ${shown(was)} → ${shown(value)}`);
  }
}

type MergeFacts = {
  /** Fields that the files say to be none. */
  readonly clears?: Clears;
  readonly retired?: readonly RetiredPin[];
  /** The day from which a PIN replaced now is free (POLICY §1). */
  readonly freeFrom?: string;
  /** The addresses of our people, one of whom a site may name. */
  readonly staff?: readonly string[];
};

/** Takes away what is said to be none; tells so only where there was something. */
function cleared(
  prefix: string,
  was: object | undefined,
  whole: object,
  keys: readonly string[] | undefined,
  changes: string[],
): void {
  for (const key of keys ?? []) {
    const value = (was as Record<string, unknown> | undefined)?.[key];
    if (value !== undefined) changes.push(`${prefix}: ${key} ${shown(value)} → nothing`);
    delete (whole as Record<string, unknown>)[key];
  }
}

type Merging = {
  readonly clears: Clears;
  readonly prune: boolean;
  readonly changes: string[];
  readonly moved: Map<object, object>;
};

/** The order on record stays, new entries follow; `moved` leads from what is merged to where the file says it. */
function mergeList<K extends keyof Lists>(
  kind: K,
  old: readonly Lists[K][],
  next: readonly Lists[K][] | undefined,
  site: SiteEntry,
  { clears, prune, changes, moved }: Merging,
): Lists[K][] {
  const prefix = `site ${site.number}`;
  const known =
    kind === 'contacts'
      ? (matchContacts(old as readonly ContactEntry[], (next ?? []) as readonly ContactEntry[]) as (
          | Lists[K]
          | undefined
        )[])
      : matchByKey(old, next ?? [], keyOf[kind]);
  const placeOf = new Map(known.flatMap((one, at) => (one ? [[one, at] as const] : [])));
  const merged = (next ?? []).map((entry, at) => {
    const was = known[at];
    // Most entries of a large import are new: they are not copied.
    const whole = was ? over<Lists[K]>(was, entry) : entry;
    cleared(`${prefix}: ${nameOf[kind](was ?? entry)}`, was, whole, clears.get(entry), changes);
    // What was a further address becomes the e-mail address: it is not both.
    if ('email' in whole && whole.aliases && !(entry as ContactEntry).aliases)
      whole.aliases = whole.aliases.filter((address) => address !== whole.email);
    moved.set(whole, entry);
    difference(`${prefix}: ${nameOf[kind](was ?? entry)}`, was, whole, changes);
    return whole;
  });
  // Renewal letters go to the first in the registry's order (POLICY §10.1): a list that names everybody says the order too.
  if (kind === 'contacts' && old.length > 0 && old.every((entry) => placeOf.has(entry))) {
    const kept = known.filter((one) => one !== undefined);
    if (kept.some((one, at) => one !== old[at])) {
      changes.push(`${prefix}: contacts in this order: ${merged.map((one) => (one as ContactEntry).email).join(', ')}`);
    }
    return merged;
  }
  const result: Lists[K][] = [];
  for (const entry of old) {
    const at = placeOf.get(entry);
    const now = at === undefined ? undefined : merged[at];
    if (now) result.push(now);
    else if (prune && next) changes.push(`${prefix}: ${nameOf[kind](entry)}: removed`);
    else {
      moved.set(entry, site);
      result.push(entry);
    }
  }
  return [...result, ...merged.filter((_, at) => !known[at])];
}

/** `record` is the registry as it stands, every site of it; `file` what is imported. */
export function mergeRegistry(
  record: RegistryDocument,
  file: RegistryDocument,
  places: Places,
  prune: boolean,
  { clears = new Map(), retired = [], freeFrom, staff }: MergeFacts = {},
): Merged {
  const faults: Fault[] = [];
  const changes: string[] = [];
  const moved = new Map<object, object>();
  const fault = (entry: object, says: string, column?: string) => {
    const place = places.get(moved.get(entry) ?? entry) ?? { file: 'the registry', line: 0 };
    const inColumn = 'table' in place && column !== undefined ? { column } : {};
    faults.push({ file: place.file, line: place.line, ...inColumn, says });
  };
  const needs = (kind: 'contacts' | 'licences' | 'plans' | 'versions', entry: object, name: string) => {
    for (const key of needed[kind])
      if ((entry as Record<string, unknown>)[key] === undefined)
        fault(entry, `${name} is not on record yet and needs its ${key}`, key);
  };

  const products = new Map<string, ProductEntry>(record.products.map((product) => [product.name, product]));
  for (const product of file.products) {
    const known = products.get(product.name);
    if (!known) changes.push(`product ${product.name}: new`);
    const versions = [...(known?.versions ?? [])];
    if (new Set(product.versions.map((one) => one.version)).size < product.versions.length)
      fault(product, `product ${product.name} has a version twice`);
    if (!known && places.get(product)?.implied)
      fault(product, `there is no product "${product.name}"; name it in products.csv`, 'product');
    for (const version of product.versions) {
      const at = versions.findIndex((one) => one.version === version.version);
      const prefix = `product ${product.name}: version ${version.version}`;
      const was = versions[at];
      difference(prefix, was, version, changes);
      if (!was) needs('versions', version, prefix);
      const whole = over(was, version);
      cleared(prefix, was, whole, clears.get(version), changes);
      if (was) versions[at] = whole;
      else versions.push(whole);
    }
    products.set(product.name, { name: product.name, versions });
  }

  const sites = new Map<string, SiteEntry>(record.sites.map((site) => [site.number, site]));
  const named = new Set<string>();
  for (const site of file.sites) {
    const prefix = `site ${site.number}`;
    if (named.has(site.number)) fault(site, `${prefix} stands in these files twice`);
    named.add(site.number);
    const known = sites.get(site.number);
    const place = places.get(site);
    if (!known && place?.implied) {
      fault(site, `there is no site ${site.number}; name it in sites.csv`, 'site');
      continue;
    }
    const { contacts, licences, plans, ...plain } = site;
    const { contacts: oldContacts = [], licences: oldLicences = [], plans: oldPlans = [], ...oldPlain } = known ?? {};
    if (known) difference(prefix, oldPlain, plain, changes);
    else changes.push(`${prefix}: new`);
    const merged: SiteEntry = {
      ...over<Omit<SiteEntry, keyof Lists>>(known ? (oldPlain as Omit<SiteEntry, keyof Lists>) : undefined, plain),
      contacts: mergeList('contacts', oldContacts, contacts, site, { clears, prune, changes, moved }),
      licences: mergeList('licences', oldLicences, licences, site, { clears, prune, changes, moved }),
      plans: mergeList('plans', oldPlans, plans, site, { clears, prune, changes, moved }),
    };
    cleared(prefix, known && oldPlain, merged, clears.get(site), changes);
    moved.set(merged, site);
    sites.set(site.number, merged);
    for (const key of ['name', 'country', 'timezone', 'language'] as const)
      if (!merged[key]) fault(merged, `${prefix}: a new site needs its ${key}`, key);
    for (const kind of ['contacts', 'licences', 'plans'] as const)
      for (const entry of merged[kind] ?? []) needs(kind, entry, `${prefix}: ${nameOf[kind](entry as never)}`);
    if (staff) checkRepresentative(site, staff, (says, column) => fault(site, says, column));
    // Where an entry is missing for its own fault, nothing is said about the whole.
    if (!place?.broken) checkPeople(merged, fault, (contact) => moved.get(contact) !== site && moved.has(contact));
    for (const licence of merged.licences ?? [])
      if (licence.product !== undefined && !products.has(licence.product))
        fault(
          licence,
          `${prefix}: licence ${licence.number}: there is no product "${licence.product}"; name it under products`,
          'product',
        );
  }
  checkOnce([...sites.values()], named, fault);
  checkPins(record.sites, sites, named, { retired, freeFrom }, fault);
  return {
    document: { products: [...products.values()], sites: [...sites.values()].filter((site) => named.has(site.number)) },
    faults,
    changes: [...new Set(changes)],
  };
}
