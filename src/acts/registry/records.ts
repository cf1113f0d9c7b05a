/** What acts on the registry see. A PIN and the number of a licence are given once over all sites. */
import type { LicenceNews } from '../../registry/licences/proofs.ts';
import type { RegistryDocument } from '../../registry/registry-form.ts';
import type { RetiredPin } from '../../registry/registry-rules.ts';
import type { Contact, SiteFacts } from '../../registry/site.ts';

/** These sites, and those that have what is given once: a PIN, a number or service tag of a licence. */
export type RegistryPart = {
  readonly sites: readonly string[];
  readonly pins: readonly string[];
  readonly licences: readonly string[];
};
/** `proofs`: of a site by its number. */
export type RegistryNeeds = { readonly registry?: 'whole' | RegistryPart; readonly proofs?: string };
export type RegistryRecords = {
  readonly registry?: {
    readonly record: RegistryDocument;
    readonly retired: readonly RetiredPin[];
    /** The day from which a PIN replaced now is free (POLICY §1). */
    readonly freeFrom: string;
  };
  /** Null: there is no such site. */
  readonly proofs?: {
    readonly of: SiteFacts;
    /** In the order of the registry. */
    readonly people: readonly Contact[];
    readonly due: readonly LicenceNews[];
  } | null;
};
