/** What acts on the registry see: all of it, for a PIN and the number of a licence are given once over all sites. */
import type { LicenceNews } from '../../registry/licences/proofs.ts';
import type { RegistryDocument } from '../../registry/registry-form.ts';
import type { RetiredPin } from '../../registry/registry-rules.ts';
import type { Contact, SiteFacts } from '../../registry/site.ts';

/** `proofs`: of a site by its number. */
export type RegistryNeeds = { readonly registry?: 'whole'; readonly proofs?: string };
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
