import type { MailPages } from '../../../flows/mail/mail-pages.ts';
import type { Figures } from '../live/figures.ts';

/** By which a list sees that it has grown; ids may leave gaps, so that it is no number of mails. */
export const newestFigure = (id: string): string => `mail ${id}`;

export const mailFigures = (mails: Pick<MailPages, 'newest'>) => async (): Promise<Figures> => ({
  'mails.newest': newestFigure(await mails.newest()),
});
