/** What acts on the registry see: all of it, for a PIN and the number of a licence are given once over all sites. */
import type { RegistryDocument } from '../../registry/registry-form.ts';
import type { RetiredPin } from '../../registry/registry-rules.ts';

export type RegistryNeeds = { readonly registry?: 'whole' };
export type RegistryRecords = {
  readonly registry?: {
    readonly record: RegistryDocument;
    readonly retired: readonly RetiredPin[];
    /** The day from which a PIN replaced now is free (POLICY §1). */
    readonly freeFrom: string;
  };
};
