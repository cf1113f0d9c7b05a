/** What acts on subscriptions see: everybody whom an address stands for (POLICY §7, §10.6). */
import type { SiteNumber } from '../../foundation/ids.ts';
import type { OwnSubscription } from '../../notices/kinds.ts';
import type { Contact } from '../../registry/site.ts';

/** A contact who has the address, or of whom a kind goes there though it is on record no more. */
export type Subscriber = Contact & {
  readonly siteNumber: SiteNumber;
  readonly language: string;
  /** Only what they have said themselves. */
  readonly subscriptions: readonly OwnSubscription[];
};

export type SubscriptionNeeds = {
  /** By an address, at one site where it is named; or by the id of a contact. */
  readonly subscribers?:
    | { readonly address: string; readonly site?: string | undefined }
    | { readonly contact: string };
};
export type SubscriptionRecords = { readonly subscribers?: readonly Subscriber[] };
