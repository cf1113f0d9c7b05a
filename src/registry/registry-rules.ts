/** What holds for a registry as a whole (POLICY §1), judged when the files and what is on record have become one. */
import { didYouMean } from '../foundation/nearest-word.ts';
import type { ContactEntry, Fault, Places, SiteEntry } from './registry-form.ts';

/** `column` is named where the entry is a row of a table. */
type TellFault = (entry: object, says: string, column?: string) => void;

export const addressesOf = (contact: {
  readonly email: string;
  readonly aliases?: readonly string[] | undefined;
}): string[] => [contact.email, ...(contact.aliases ?? [])];

/** POLICY §1: exactly one primary a site, four secondaries at most, an address names one contact. */
export function checkPeople(site: SiteEntry, fault: TellFault, inFile: (contact: ContactEntry) => boolean): void {
  const contacts = site.contacts ?? [];
  const prefix = `site ${site.number}`;
  const primaries = contacts.filter((contact) => contact.role === 'primary');
  if (contacts.length > 0 && primaries.length === 0)
    fault(site, `${prefix} has no primary; exactly one contact has that role`);
  if (primaries.length > 1)
    fault(
      primaries.findLast(inFile) ?? site,
      `${prefix} has ${primaries.length} primaries: ${primaries.map((one) => one.email).join(', ')}; give all but one another role`,
    );
  const secondaries = contacts.filter((contact) => contact.role === 'secondary');
  if (secondaries.length > 4)
    fault(secondaries.findLast(inFile) ?? site, `${prefix} has ${secondaries.length} secondaries; four is the most`);
  const owners = new Map<string, ContactEntry>();
  for (const contact of contacts) {
    for (const address of new Set(addressesOf(contact))) {
      if (owners.has(address))
        fault(
          inFile(contact) ? contact : (owners.get(address) ?? site),
          `${prefix}: ${address} is an address of ${owners.get(address)?.name} and of ${contact.name}; it can name one contact only`,
        );
      owners.set(address, contact);
    }
    if (new Set(addressesOf(contact)).size < addressesOf(contact).length)
      fault(contact, `${prefix}: contact ${contact.email} has an address twice`);
  }
}

/** Who looks after an account is one of our people (POLICY §10.4); what is on record already and not named stays. */
export function checkRepresentative(
  { number, representative }: SiteEntry,
  staff: readonly string[],
  fault: (says: string, column: string) => void,
): void {
  if (representative === undefined || staff.includes(representative)) return;
  const near = didYouMean(staff, representative);
  const where = 'they stand under staff: in postern.yaml, or "npx postern staff add" adds them';
  fault(
    `site ${number}: the representative ${representative} is none of our people${near || `; ${where}`}`,
    'representative',
  );
}

/** A PIN names one site, the number or service tag of a licence names one licence, over the whole registry. */
export function checkOnce(sites: readonly SiteEntry[], named: ReadonlySet<string>, fault: TellFault): void {
  const pins = new Map<string, string>();
  const numbers = new Map<string, string>();
  for (const site of [...sites].sort((a, b) => Number(named.has(a.number)) - Number(named.has(b.number)))) {
    if (site.pin !== undefined) {
      const other = pins.get(site.pin);
      if (other) fault(site, `site ${site.number}: PIN ${site.pin} is that of site ${other}`, 'pin');
      pins.set(site.pin, site.number);
    }
    for (const licence of site.licences ?? []) {
      const { number, serviceTag } = licence;
      const given = (name: string, what: string, column: string) => {
        const other = numbers.get(name);
        if (other) fault(licence, `site ${site.number}: ${what} ${name} is given twice (site ${other})`, column);
        numbers.set(name, site.number);
      };
      given(number, 'licence number', 'number');
      if (serviceTag !== undefined && serviceTag !== number) given(serviceTag, 'service tag', 'serviceTag');
    }
  }
}

/** A PIN that another site had and that is still good there. */
export type RetiredPin = { readonly pin: string; readonly site: string; readonly freeFrom: string };

/**
 * POLICY §1: the PIN before stays good for some days, so no other site can have it meanwhile; nor can two sites swap theirs.
 * `freeFrom` is the day from which a PIN replaced now is free.
 */
export function checkPins(
  before: readonly SiteEntry[],
  after: ReadonlyMap<string, SiteEntry>,
  named: ReadonlySet<string>,
  { retired, freeFrom }: { readonly retired: readonly RetiredPin[]; readonly freeFrom?: string | undefined },
  fault: TellFault,
): void {
  const pinBefore = new Map(before.map((site) => [site.number, site.pin]));
  const still = [...retired];
  for (const [site, pin] of pinBefore)
    if (pin !== undefined && freeFrom !== undefined && after.get(site)?.pin !== pin)
      still.push({ pin, site, freeFrom });
  const held = Map.groupBy(still, (one) => one.pin);
  for (const number of named) {
    const site = after.get(number);
    if (site?.pin === undefined || site.pin === pinBefore.get(number)) continue;
    const others = held.get(site.pin)?.filter((one) => one.site !== number) ?? [];
    const other = others.sort((a, b) => (a.freeFrom < b.freeFrom ? 1 : -1))[0];
    if (other)
      fault(
        site,
        `site ${number}: PIN ${site.pin} was that of site ${other.site} and is still good there; it is free from ${other.freeFrom}. Leave it out and let "postern pin issue ${number}" draw another, or import this then`,
        'pin',
      );
  }
}

/** Sites whose letters would be English for want of templates: a warning for each language, where it is first named. */
export function languagesWithoutLetters(
  sites: readonly SiteEntry[],
  places: Places,
  languages: readonly string[] | undefined,
): Fault[] {
  const base = (language: string) => language.split('-')[0]?.toLowerCase() ?? '';
  const known = new Set(languages);
  const missing = sites.filter(
    ({ language }) => languages && language && !known.has(language) && !known.has(base(language)),
  );
  return [...Map.groupBy(missing, (site) => site.language ?? '')].map(([language, ones]) => {
    const place = places.get(ones[0] as SiteEntry);
    return {
      file: place?.file ?? 'the registry',
      line: place?.line ?? 0,
      ...(place?.table ? { column: 'language' } : {}),
      says: `there are no letters in "${language}"; ${ones.length === 1 ? `site ${ones[0]?.number} gets its letters` : `${ones.length} sites get their letters`} in English`,
    };
  });
}
