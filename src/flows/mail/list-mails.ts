/** The list of all mails, as somebody searches it. Privileged PINs are masked by whoever shows it. */
import { type MailFilter, type MailSearch, mailSearch } from '../../intake/search/mail-search.ts';
import type { Database } from '../../store/database.ts';
import { type MailsAsked, type MailsFound, searchMails } from '../../store/mail/search-mails.ts';
import { hasMessageId, numberIs } from '../../store/mail/what-it-is.ts';

export type { MailLine } from '../../store/mail/search-mails.ts';
export type ListedMails = MailsFound & { readonly search: MailSearch };
export type ListMails = {
  readonly q: string;
  readonly zone: string;
  readonly beside: MailsAsked['beside'];
  readonly limit: number;
};

type Resolved = { readonly filter: MailFilter; readonly says?: string };

/** What may be one of two things is what is there. */
async function resolved(database: Database, filter: MailFilter, alone: boolean): Promise<Resolved> {
  if (filter.kind === 'address-or-message-id') {
    const messageId = `<${filter.address}>`;
    if (await database.ask((db) => hasMessageId(db, messageId)))
      return { filter: { kind: 'message-id', messageId }, says: `Message-ID ${messageId}` };
    const address = filter.address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    return { filter: { kind: 'from', address }, says: `from ${address}` };
  }
  if (!alone || filter.kind !== 'words' || !/^#?\d{1,18}$/.test(filter.text)) return { filter };
  const number = filter.text.replace('#', '');
  const is = await database.ask((db) => numberIs(db, number));
  if (is === 'case') return { filter: { kind: 'case', number }, says: `case ${number}` };
  if (is === 'site') return { filter: { kind: 'site', number }, says: `site ${number}` };
  return { filter };
}

/** Nothing is found by what was not understood alone: a search that is one fault would else list every mail. */
export async function listMails(database: Database, { q, zone, beside, limit }: ListMails): Promise<ListedMails> {
  const read = mailSearch(q, { now: new Date().toISOString(), zone });
  const known = await Promise.all(read.filters.map((one) => resolved(database, one, read.filters.length === 1)));
  const search = {
    ...read,
    filters: known.map(({ filter }) => filter),
    understood: read.understood.map((one, i) => ({ ...one, says: known[i]?.says ?? one.says })),
  };
  if (search.filters.length === 0 && search.faults.length > 0) return { search, items: [], more: false, looked: null };
  const found = await searchMails(database, { filters: search.filters, beside, limit });
  return { ...found, search };
}
