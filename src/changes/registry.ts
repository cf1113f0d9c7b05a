/** What becomes otherwise in the registry, by import, by the API and by an answer that registers somebody: one change a site. */
import type { ContactId, SiteNumber } from '../foundation/ids.ts';
import type { ProductEntry, SiteEntry } from '../registry/registry-file.ts';
import type { PlanKind } from '../registry/site.ts';
import type { By } from './by.ts';
import { type ChangeRow, none } from './row.ts';

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
export type RegistryChange = SiteChanged | ProductsChanged | UpgradeRequested;

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
