import type { Pin } from '../../../registry/pin.ts';
import type { Contact, ProductVersion, SiteFacts } from '../../../registry/site.ts';

/** `critical`: with the case of severity 1 that is open at the site since today. */
export type CallerNeeds = {
  readonly caller?: { readonly site: string; readonly pin: string | null; readonly critical: boolean };
};
export type CallerRecords = {
  /** Left out where there is no such site; `pins` are those with the digits of the call. */
  readonly caller?: {
    readonly of: SiteFacts;
    readonly contacts: readonly Contact[];
    readonly pins: readonly Pin[];
    readonly products: readonly string[];
    readonly versions: readonly ProductVersion[];
  };
};
