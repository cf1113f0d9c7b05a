/** What becomes otherwise in the registry, by import, by the API and by an answer that registers somebody: one change a site. */
import type { ContactId, SiteNumber } from '../foundation/ids.ts';
import type { LicenceNews } from '../registry/licences/proofs.ts';
import type { ProductEntry, SiteEntry } from '../registry/registry-file.ts';
import type { PlanKind } from '../registry/site.ts';
import type { By } from './by.ts';
import { type ChangeRow, coveredBy, none } from './row.ts';

type OfRegistry = {
  /** What differs, a line each, as the merge says it. */
  readonly lines: readonly string[];
  readonly at: string;
  readonly by: By;
};
export type SiteChanged = OfRegistry & {
  readonly kind: 'site-changed';
  /** The whole site as it is from now on. */
  readonly site: SiteEntry;
};
export type ProductsChanged = OfRegistry & {
  readonly kind: 'products-changed';
  readonly products: readonly ProductEntry[];
};
/** A customer wants another plan. Whoever renews contracts is told; the contract stays as it is. */
type UpgradeRequested = {
  readonly kind: 'upgrade-requested';
  readonly site: SiteNumber;
  readonly contact: ContactId;
  readonly plan: PlanKind;
  readonly at: string;
  readonly by: By;
};
/** The product has come to the customer; a trial is counted from that day. */
export type LicenceRegistered = {
  readonly kind: 'licence-registered';
  readonly site: SiteNumber;
  readonly licence: string;
  /** The day, in the site's time zone. */
  readonly on: string;
  readonly contact: ContactId | null;
  readonly at: string;
  readonly by: By;
};
type OfProofs = {
  readonly site: SiteNumber;
  readonly licences: readonly LicenceNews[];
  readonly at: string;
  readonly by: By;
};
/** Licences are new or renewed: whoever gets the proof, and the primary, are still to be told. */
export type ProofsDue = OfProofs & { readonly kind: 'proofs-due' };
/** They are told, or there is nothing left to tell. */
export type ProofsSent = OfProofs & { readonly kind: 'proofs-sent' };
export type RegistryChange =
  | LicenceRegistered
  | ProofsDue
  | ProofsSent
  | SiteChanged
  | ProductsChanged
  | UpgradeRequested;

const noEvent = none('the registry belongs to no case');

export const registryChanges = {
  'site-changed': {
    audit: ({ site, lines }) => ({
      action: 'registry-changed',
      subjectKind: 'site',
      subjectId: site.number,
      detail: { changes: lines },
    }),
    event: noEvent,
    says: ({ lines }) => `${lines.join('; ')}.`,
    topic: 'site.changed',
    batched: false,
  },
  'products-changed': {
    audit: ({ lines }) => ({
      action: 'registry-changed',
      subjectKind: 'site',
      subjectId: 'products',
      detail: { changes: lines },
    }),
    event: noEvent,
    says: ({ lines }) => `${lines.join('; ')}.`,
    topic: 'products.changed',
    batched: false,
  },
  'licence-registered': {
    audit: ({ site, licence, on, contact }) => ({
      action: 'licence-registered',
      subjectKind: 'site',
      subjectId: site,
      detail: { licence, on, ...(contact !== null && { contact }) },
    }),
    event: noEvent,
    says: ({ site, licence, on }) => `Licence ${licence} of site ${site} is registered on ${on}.`,
    topic: 'licence.registered',
    batched: false,
  },
  'proofs-due': {
    audit: coveredBy('site-changed'),
    event: noEvent,
    says: ({ site, licences }) =>
      `The proof of entitlement of site ${site} goes out for ${licences.map(({ number, why }) => `${number} (${why})`).join(', ')}.`,
    topic: none('site.changed says what is new'),
    batched: false,
  },
  'proofs-sent': {
    audit: ({ site, licences }) => ({
      action: 'proofs-sent',
      subjectKind: 'site',
      subjectId: site,
      detail: { licences: licences.map(({ number }) => number) },
    }),
    event: noEvent,
    says: ({ site, licences }) =>
      `Site ${site} is told of ${licences.map(({ number }) => number).join(', ')}; nothing of it is due any more.`,
    topic: none('site.changed says what is new'),
    batched: false,
  },
  'upgrade-requested': {
    audit: ({ site, contact, plan }) => ({
      action: 'upgrade-requested',
      subjectKind: 'site',
      subjectId: site,
      detail: { contact, plan },
    }),
    event: noEvent,
    says: ({ site, plan }) => `Site ${site} wants the plan ${plan}, and the renewal team is told.`,
    topic: 'site.upgrade-requested',
    batched: false,
  },
} as const satisfies { [kind in RegistryChange['kind']]: ChangeRow<Extract<RegistryChange, { kind: kind }>> };

const siteOf = (line: string): string | undefined => /^site (\d+)/.exec(line)?.[1];

/** The lines of a merge, gathered in their order: the products first, then one change a site. */
export function changesOfMerge(
  merged: { readonly products: readonly ProductEntry[]; readonly sites: readonly SiteEntry[] },
  lines: readonly string[],
  { at, by }: Pick<OfRegistry, 'at' | 'by'>,
): RegistryChange[] {
  const sites = new Map(merged.sites.map((site) => [site.number, site]));
  return [...Map.groupBy(lines, siteOf)].flatMap(([number, own]): RegistryChange[] => {
    const of = { lines: own, at, by };
    if (number === undefined) return [{ kind: 'products-changed', products: merged.products, ...of }];
    const site = sites.get(number);
    return site ? [{ kind: 'site-changed', site, ...of }] : [];
  });
}
