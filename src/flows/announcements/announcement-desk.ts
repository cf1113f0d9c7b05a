/** Announcements as our own people write, check, start and follow them in the console (POLICY §10.6). */
import { readAnnouncement } from '../../acts/announcements/read-file.ts';
import type { AnnouncementRecord, Audience } from '../../acts/announcements/records.ts';
import { letterTo } from '../../acts/announcements/send-announcement.ts';
import { announcementNamed } from '../../acts/announcements/turn-announcement.ts';
import type { Policy } from '../../intake/policy.ts';
import type { Announcement } from '../../notices/announcement.ts';
import { shownLetter } from '../../outbound/shown-letter.ts';
import { writeRows } from '../../registry/registry-csv.ts';
import {
  announcementRecords,
  foreseenRecipients,
} from '../../store/announcements/announcement-records.ts';
import {
  type AnnouncementAsked,
  type AnnouncementFull,
  announcementFull,
  announcementRecipients,
  deskAnnouncements,
  productNames,
  type RecipientState,
  returnedAddresses,
  returnedSubscriptions,
} from '../../store/announcements/desk.ts';
import type { LetterDeps } from '../letters/send.ts';

export type { ForeseenRecipient } from '../../store/announcements/announcement-records.ts';
export type {
  AnnouncementFull,
  AnnouncementLine,
  RecipientLine,
  RecipientState,
  ReturnedLine,
} from '../../store/announcements/desk.ts';
export { recipientStates } from '../../store/announcements/desk.ts';

export type AnnouncementLetter = { readonly subject: string; readonly text: string; readonly html: string | null };
const foreseenAtOnce = 1_000;
type Page = { readonly after: string | null; readonly limit: number };

/** Nobody: its link leads to nobody's letters. */
const nobody = '0';

export const openAnnouncementDesk = (
  deps: Pick<LetterDeps, 'database' | 'letterBuilder'> & { readonly policy: Policy },
) => {
  const { database, letterBuilder, policy } = deps;
  async function letter(content: Announcement, language: string): Promise<AnnouncementLetter> {
    const on: AnnouncementRecord = {
      ...{ id: nobody, state: 'ready', content, dueAt: null, gathered: null, counts: null },
    };
    const person = { id: nobody, email: '', role: 'primary', types: [] } as const;
    const recipient = { address: `nobody@${nobody}.invalid`, language, cases: [], person, others: [] };
    const { desk } = policy;
    const { raw, subject } = await letterBuilder.finish(letterTo(on, recipient, person, { desk }), {
      ...{ id: nobody, at: '1970-01-01T00:00:00Z' },
    });
    // The parser of mails is for whoever looks at one.
    const { openMessage } = await import('../../mail/mime/open-message.ts');
    const { text, html } = shownLetter(raw, await openMessage(raw), false);
    return { subject, text, html };
  }
  return {
    list: (asked: AnnouncementAsked) => deskAnnouncements(database, asked),
    /** By id or name. */
    one: (named: string): Promise<AnnouncementFull | null> =>
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(named) ? announcementFull(database, named) : Promise.resolve(null),
    /** Of one language, as nobody gets it. */
    letter,
    /** To whom it would go as everything stands; it is counted site by site. */
    async audience(named: string): Promise<Audience | null> {
      const announcement = announcementNamed(named);
      const { audience } = await announcementRecords(database, { announcement, audience: announcement }, policy);
      return audience ?? null;
    },
    /** Everybody whom it would go to, and who is left out, site by site. */
    foreseen: (content: Announcement, asked: Page) => foreseenRecipients(database, content, policy, asked),
    async foreseenCsv(content: Announcement): Promise<string> {
      const rows: string[][] = [];
      for (let after: string | null = null; ; ) {
        const page: Awaited<ReturnType<typeof foreseenRecipients>> = await foreseenRecipients(database, content, policy, {
          ...{ after, limit: foreseenAtOnce },
        });
        rows.push(
          ...page.items.map((one) => [
            ...[one.address, one.name, one.siteNumber, one.siteName, one.cases.join(' ')],
            one.unreachable ? 'left out: letters come back' : one.doubtful ? 'one letter came back' : '',
          ]),
        );
        if (page.next === null) return writeRows([['address', 'name', 'site', 'site name', 'cases', 'note'], ...rows]);
        after = page.next;
      }
    },
    /** A file that is not kept yet, or what is wrong with it. */
    read: (text: string) => readAnnouncement(text, null),
    recipients: (id: string, asked: Page & { readonly state: RecipientState }) =>
      announcementRecipients(database, id, asked),
    returned: (asked: Page) => returnedAddresses(database, asked),
    returnedSubscriptions: () => returnedSubscriptions(database),
    products: () => productNames(database),
    /** That letters are written in. */
    languages: policy.desk.languages,
  };
};
export type AnnouncementDesk = ReturnType<typeof openAnnouncementDesk>;
