import type { MailPages } from '../../../flows/mail/mail-pages.ts';
import type { OfferDeps } from '../acts/offer.ts';

export type MailsDeps = OfferDeps & { readonly mails: MailPages };
