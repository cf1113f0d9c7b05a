/** Announcements: written down, started, gathered, sent, paused, finished (POLICY §10.6). Recipients are rows. */
import type { Announcement, LeftOut, Recipient } from '../../notices/announcement.ts';
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

type Common = { readonly at: string; readonly by: By };
/** Whom it goes to as everything stands. */
export type AudienceTold = {
  readonly recipients: number;
  readonly sites: number;
  readonly unreachable: number;
  /** Are written to although a letter to them has come back. */
  readonly doubtful: number;
  readonly withCases: number;
  readonly sample: readonly { readonly address: string; readonly siteNumber: string }[];
};
export type AnnouncementWritten = Common & {
  readonly kind: 'announcement-written';
  readonly content: Announcement;
  readonly audience: AudienceTold;
};
type OfOne = Common & { readonly announcement: string; readonly name: string };
export type AnnouncementStarted = OfOne & { readonly kind: 'announcement-started'; readonly audience: AudienceTold };
export type AnnouncementTurned = OfOne & {
  readonly kind: 'announcement-turned';
  readonly to: 'running' | 'paused' | 'cancelled' | 'finished';
  /** As it was judged. */
  readonly from: 'ready' | 'running' | 'paused';
  /** It paused by itself: so many of the last letters came back. */
  readonly bounced: number | null;
  readonly counts: { readonly open: number; readonly written: number; readonly leftOut: number };
};
export type RecipientsGathered = OfOne & {
  readonly kind: 'recipients-gathered';
  readonly recipients: readonly Recipient[];
  /** Up to which site, before and after; null: all have been looked through. */
  readonly from: string;
  readonly to: string | null;
};
export type RecipientsWritten = OfOne & {
  readonly kind: 'recipients-written';
  /** With the contact as whom they were written to: the link in the letter is of them. */
  readonly written: readonly { readonly address: string; readonly contact: string }[];
  readonly leftOut: readonly { readonly address: string; readonly why: LeftOut }[];
};
/** An address whose letters came back is written to again. */
export type RecipientsTakenBack = Common & {
  readonly kind: 'recipients-taken-back';
  readonly address: string;
  readonly announcements: readonly string[];
};
export type AnnouncementChange =
  | AnnouncementWritten
  | AnnouncementStarted
  | AnnouncementTurned
  | RecipientsGathered
  | RecipientsWritten
  | RecipientsTakenBack;

const common = { event: none('it goes to many, and no case changes'), batched: false } as const;
const counted = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

export function audienceIn({ recipients, sites, unreachable, doubtful, withCases, sample }: AudienceTold): string {
  const shown = sample.map(({ address, siteNumber }) => `${address} (site ${siteNumber})`).join(', ');
  const more = recipients > sample.length ? `, and ${recipients - sample.length} more` : '';
  const to =
    recipients === 0
      ? 'to nobody'
      : `to ${counted(recipients, 'person', 'people')} at ${counted(sites, 'site', 'sites')}: ${shown}${more}`;
  const cases =
    withCases === 0
      ? ''
      : ` ${counted(withCases, 'of them is', 'of them are')} told that a case of theirs is resolved.`;
  const lost =
    unreachable === 0
      ? ''
      : ` ${counted(unreachable, 'more person is', 'more people are')} left out, for letters to them come back.`;
  const once =
    doubtful === 0 ? '' : ` ${counted(doubtful, 'of them has', 'of them have')} sent a letter back once.`;
  return `${to}.${cases}${once}${lost}`;
}

const cell = (action: string, { announcement }: OfOne, detail: Readonly<Record<string, unknown>> = {}) =>
  ({ action, subjectKind: 'announcement', subjectId: announcement, detail }) as const;

const turned = ({ name, to, bounced, counts: { open, written } }: AnnouncementTurned): string => {
  switch (to) {
    case 'paused':
      return bounced === null
        ? `${name} pauses: ${counted(open, 'person is', 'people are')} still to be written to.`
        : `${name} pauses by itself: ${bounced} of its last letters came back.`;
    case 'running':
      return `${name} goes on: ${counted(open, 'person is', 'people are')} still to be written to.`;
    case 'cancelled':
      return `${name} ends here: ${counted(written, 'letter was', 'letters were')} written, and no more are.`;
    case 'finished':
      return `${name} is finished: ${counted(written, 'letter was', 'letters were')} written.`;
    default:
      return to satisfies never;
  }
};

export const announcementChanges = {
  'announcement-written': {
    ...common,
    audit: ({ content: { name, kind } }) => ({
      action: 'announcement-written',
      subjectKind: 'announcement',
      subjectId: name,
      detail: { kind },
    }),
    says: ({ content: { name, kind }, audience }) =>
      `${name} (${kind}) is kept. As everything stands it goes ${audienceIn(audience)}`,
    topic: none('nothing goes out before it is started'),
  },
  'announcement-started': {
    ...common,
    audit: (change) =>
      cell('announcement-started', change, {
        recipients: change.audience.recipients,
        unreachable: change.audience.unreachable,
      }),
    says: ({ name, audience }) => `${name} starts; it goes ${audienceIn(audience)}`,
    topic: 'announcement.started',
  },
  'announcement-turned': {
    ...common,
    audit: (change) =>
      cell(`announcement-${change.to}`, change, {
        ...change.counts,
        ...(change.bounced !== null && { bounced: change.bounced }),
      }),
    says: turned,
    topic: 'announcement.changed',
  },
  'recipients-gathered': {
    ...common,
    audit: (change) => cell('recipients-gathered', change, { recipients: change.recipients.length, upTo: change.to }),
    says: ({ name, recipients }) => `${name} goes to ${counted(recipients.length, 'more person', 'more people')}.`,
    topic: none('the start says it'),
  },
  'recipients-written': {
    ...common,
    audit: (change) =>
      cell('recipients-written', change, { written: change.written.length, leftOut: change.leftOut.length }),
    says: ({ name, written, leftOut }) =>
      `${name}: ${counted(written.length, 'letter is', 'letters are')} written${leftOut.length === 0 ? '' : `, ${leftOut.length} left out`}.`,
    topic: none('each letter is its own'),
  },
  'recipients-taken-back': {
    ...common,
    audit: ({ announcements }) => ({
      action: 'recipients-taken-back',
      subjectKind: 'announcement',
      subjectId: announcements.join(','),
    }),
    says: ({ address, announcements }) =>
      `${address} is written to by ${counted(announcements.length, 'announcement', 'announcements')} under way as well.`,
    topic: none('contact.changed says it'),
  },
} as const satisfies { [kind in AnnouncementChange['kind']]: ChangeRow<Extract<AnnouncementChange, { kind: kind }>> };
