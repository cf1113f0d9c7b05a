/**
 * What is on record and what a file says become one registry, and what has changed is said in words. What is not named stays;
 * with `prune` contacts, licences and plans that are not named go, within the sites named. Nothing here writes.
 */
import type {
  ContactEntry,
  Fault,
  LicenceEntry,
  Places,
  PlanEntry,
  ProductEntry,
  RegistryDocument,
  SiteEntry,
} from './registry-file.ts';

export type Merged = { readonly document: RegistryDocument; readonly faults: Fault[]; readonly changes: string[] };

const addressesOf = (contact: ContactEntry): string[] => [contact.email, ...(contact.aliases ?? [])];

/** Keeps what the newer entry does not say. */
const over = <T extends object>(old: T | undefined, next: T): T =>
  ({ ...old, ...Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) }) as T;

type Lists = { contacts: ContactEntry; licences: LicenceEntry; plans: PlanEntry };
const same: { [K in keyof Lists]: (a: Lists[K], b: Lists[K]) => boolean } = {
  contacts: (a, b) => addressesOf(a).some((address) => addressesOf(b).includes(address)),
  licences: (a, b) => a.number === b.number,
  plans: (a, b) => a.kind === b.kind && a.from === b.from,
};
const nameOf: { [K in keyof Lists]: (entry: Lists[K]) => string } = {
  contacts: (entry) => `contact ${entry.email}`,
  licences: (entry) => `licence ${entry.number}`,
  plans: (entry) => `plan ${entry.kind} from ${entry.from}`,
};

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : Array.isArray(value) ? `[${value.join(', ')}]` : String(value);

function difference(prefix: string, old: object | undefined, next: object, changes: string[]): void {
  if (!old) {
    changes.push(`${prefix}: new`);
    return;
  }
  const before = old as Record<string, unknown>;
  for (const [key, value] of Object.entries(next)) {
    const was = before[key];
    if (
      JSON.stringify(was ?? null) !== JSON.stringify(value ?? null) &&
      !(Array.isArray(value) && value.length === 0 && was === undefined)
    ) {
      changes.push(`${prefix}: ${key} ${shown(was)} → ${shown(value)}`);
    }
  }
}

function mergeList<K extends keyof Lists>(
  kind: K,
  old: readonly Lists[K][],
  next: readonly Lists[K][] | undefined,
  prune: boolean,
  prefix: string,
  changes: string[],
  moved: Map<object, object>,
): Lists[K][] {
  if (!next) return [...old];
  const result: Lists[K][] = [];
  const used = new Set<Lists[K]>();
  for (const entry of next) {
    const known = old.find((one) => !used.has(one) && same[kind](one, entry));
    if (known) used.add(known);
    const merged = over<Lists[K]>(known, entry);
    moved.set(merged, entry);
    difference(`${prefix}: ${nameOf[kind](known ?? entry)}`, known, merged, changes);
    result.push(merged);
  }
  for (const entry of old) {
    if (used.has(entry)) continue;
    if (prune) changes.push(`${prefix}: ${nameOf[kind](entry)}: removed`);
    else result.push(entry);
  }
  return result;
}

/** `record` is the registry as it stands, every site of it; `file` what is imported. */
export function mergeRegistry(
  record: RegistryDocument,
  file: RegistryDocument,
  places: Places,
  prune: boolean,
): Merged {
  const faults: Fault[] = [];
  const changes: string[] = [];
  const moved = new Map<object, object>();
  const fault = (entry: object, says: string) =>
    faults.push({ ...(places.get(moved.get(entry) ?? entry) ?? { file: 'the registry', line: 0 }), says });

  const products = new Map<string, ProductEntry>(record.products.map((product) => [product.name, product]));
  for (const product of file.products) {
    const known = products.get(product.name);
    const versions = [...(known?.versions ?? [])];
    for (const version of product.versions) {
      const at = versions.findIndex((one) => one.version === version.version);
      difference(`product ${product.name}: version ${version.version}`, versions[at], version, changes);
      if (at >= 0) versions[at] = version;
      else versions.push(version);
    }
    if (!known) changes.push(`product ${product.name}: new`);
    products.set(product.name, { name: product.name, versions });
  }

  const sites = new Map<string, SiteEntry>(record.sites.map((site) => [site.number, site]));
  const named = new Set<string>();
  for (const site of file.sites) {
    const prefix = `site ${site.number}`;
    if (named.has(site.number)) fault(site, `${prefix} stands in these files twice`);
    named.add(site.number);
    const known = sites.get(site.number);
    const { contacts, licences, plans, ...plain } = site;
    const { contacts: oldContacts = [], licences: oldLicences = [], plans: oldPlans = [], ...oldPlain } = known ?? {};
    const merged: SiteEntry = {
      ...over<Omit<SiteEntry, keyof Lists>>(known ? (oldPlain as Omit<SiteEntry, keyof Lists>) : undefined, plain),
      contacts: mergeList('contacts', oldContacts, contacts, prune, prefix, changes, moved),
      licences: mergeList('licences', oldLicences, licences, prune, prefix, changes, moved),
      plans: mergeList('plans', oldPlans, plans, prune, prefix, changes, moved),
    };
    if (known) difference(prefix, oldPlain, plain, changes);
    else changes.push(`${prefix}: new`);
    moved.set(merged, site);
    sites.set(site.number, merged);
    for (const key of ['name', 'country', 'timezone', 'language'] as const)
      if (!merged[key]) fault(merged, `${prefix}: a new site needs its ${key}`);
    checkPeople(merged, fault);
    for (const licence of merged.licences ?? [])
      if (!products.has(licence.product))
        fault(
          licence,
          `${prefix}: licence ${licence.number}: there is no product "${licence.product}"; name it under products`,
        );
  }
  checkOnce([...sites.values()], named, fault);
  return {
    document: { products: [...products.values()], sites: [...sites.values()].filter((site) => named.has(site.number)) },
    faults,
    changes: [...new Set(changes)],
  };
}

/** POLICY §1: exactly one primary a site, four secondaries at most, an address names one contact. */
function checkPeople(site: SiteEntry, fault: (entry: object, says: string) => void): void {
  const contacts = site.contacts ?? [];
  const prefix = `site ${site.number}`;
  const primaries = contacts.filter((contact) => contact.role === 'primary');
  if (contacts.length > 0 && primaries.length === 0)
    fault(site, `${prefix} has no primary; exactly one contact has that role`);
  if (primaries.length > 1)
    fault(
      primaries[0] as object,
      `${prefix} has ${primaries.length} primaries: ${primaries.map((one) => one.email).join(', ')}; give all but one another role`,
    );
  const secondaries = contacts.filter((contact) => contact.role === 'secondary');
  if (secondaries.length > 4)
    fault(secondaries[4] as object, `${prefix} has ${secondaries.length} secondaries; four is the most`);
  const owners = new Map<string, ContactEntry>();
  for (const contact of contacts) {
    for (const address of new Set(addressesOf(contact))) {
      if (owners.has(address))
        fault(
          contact,
          `${prefix}: ${address} is an address of ${owners.get(address)?.name} and of ${contact.name}; it can name one contact only`,
        );
      owners.set(address, contact);
    }
    if (new Set(addressesOf(contact)).size < addressesOf(contact).length)
      fault(contact, `${prefix}: contact ${contact.email} has an address twice`);
  }
}

/** A PIN names one site, a licence number is given once, over the whole registry. */
function checkOnce(
  sites: readonly SiteEntry[],
  named: ReadonlySet<string>,
  fault: (entry: object, says: string) => void,
): void {
  const pins = new Map<string, string>();
  const numbers = new Map<string, string>();
  for (const site of [...sites].sort((a, b) => Number(named.has(a.number)) - Number(named.has(b.number)))) {
    if (site.pin !== undefined) {
      const other = pins.get(site.pin);
      if (other) fault(site, `site ${site.number}: PIN ${site.pin} is that of site ${other}`);
      pins.set(site.pin, site.number);
    }
    for (const licence of site.licences ?? []) {
      const other = numbers.get(licence.number);
      if (other) fault(licence, `site ${site.number}: licence number ${licence.number} is given twice (site ${other})`);
      numbers.set(licence.number, site.number);
    }
  }
}
