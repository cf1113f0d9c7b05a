/** One contact more at one site, by the registry's own rules (POLICY §8.8). */
import type { RegistryDocument } from './registry-form.ts';
import { mergeRegistry } from './registry-merge.ts';
import { addressesOf } from './registry-rules.ts';
import type { Role } from './site.ts';

type Registering = { readonly site: string; readonly email: string; readonly name: string; readonly role: Role };
type Registered =
  /** Whoever is on record at the site stays as they are. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly says: string }
  | { readonly kind: 'merged'; readonly document: RegistryDocument; readonly lines: readonly string[] };

/** A name that says who it is, where the mail has none. */
const nameFor = (name: string, address: string): string =>
  name.trim() || (address.split('@')[0] ?? address).replace(/[._-]+/g, ' ');

/** `record` has the site as it stands. */
export function registerContact(record: RegistryDocument, { site, email, name, role }: Registering): Registered {
  const onRecord = record.sites.find((one) => one.number === site);
  if (!onRecord) return { kind: 'refused', says: `there is no site ${site}` };
  if (onRecord.contacts?.some((one) => addressesOf(one).includes(email))) return { kind: 'known' };
  const merge = (contacts: object) =>
    mergeRegistry(record, { products: [], sites: [{ number: site, ...contacts }] }, new Map(), false);
  // What is wrong on record already is not this person's fault.
  const before = new Set(merge({}).faults.map((fault) => fault.says));
  const { document, faults, changes: lines } = merge({ contacts: [{ name: nameFor(name, email), email, role }] });
  const broken = faults.map((fault) => fault.says).filter((says) => !before.has(says));
  return broken.length > 0 ? { kind: 'refused', says: broken.join('; ') } : { kind: 'merged', document, lines };
}
