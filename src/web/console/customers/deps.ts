import type { OfferDeps } from '../acts/offer.ts';
import type { ConsoleDeps } from '../deps.ts';

export type CustomerDeps = OfferDeps & Pick<ConsoleDeps, 'customers'>;
export const place = '/customers';
export const sheet = ['customers.css'] as const;
/** What changes contract, PINs and people; also who may know a PIN: it opens cases. */
export const pinRight = 'pins: issue';
export const fileRight = 'registry: update';
