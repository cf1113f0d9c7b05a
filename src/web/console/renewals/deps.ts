import type { RenewalDesk } from '../../../flows/renewals/renewal-desk.ts';
import type { OfferDeps } from '../acts/offer.ts';

export type RenewalDeps = OfferDeps & { readonly renewals: RenewalDesk };
