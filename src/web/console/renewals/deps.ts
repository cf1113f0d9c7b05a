import type { RenewalDesk } from '../../../flows/renewals/renewal-desk.ts';
import type { OfferDeps } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';

export type RenewalDeps = OfferDeps & Pick<ConsoleDeps, 'letters'> & { readonly renewals: RenewalDesk };
