/** What acts on announcements see (POLICY §10.6). */
import type { Announcement, AnnouncementState, AudiencePerson, AudienceSite } from '../../notices/announcement.ts';
import type { EndingVersion } from '../../notices/support-ends.ts';

export type AnnouncementRecord = {
  readonly id: string;
  readonly state: AnnouncementState;
  readonly content: Announcement;
  /** It goes out by itself then; null: a person starts it. */
  readonly dueAt: string | null;
  /** Sites up to this id have been looked through for whom it goes to; null: all have. */
  readonly gathered: string | null;
  /** Recipients that are still to be written to, that were, and that were left out; null: not counted, for it goes on. */
  readonly counts: { readonly open: number; readonly written: number; readonly leftOut: number } | null;
};

/** Who would get it as everything stands: counted over all sites, with a few of them. */
export type Audience = {
  readonly recipients: number;
  readonly sites: number;
  readonly unreachable: number;
  /** Are written to although a letter to them has come back: a second one makes them unreachable. */
  readonly doubtful: number;
  /** Are told that a case of theirs is resolved. */
  readonly withCases: number;
  readonly sample: readonly { readonly address: string; readonly siteNumber: string }[];
  /** Products of the announcement that nobody has. */
  readonly unknownProducts: readonly string[];
};

/** The next recipients, as their contacts stand now; `person` null: they are on record no more. */
export type NextRecipient = {
  readonly address: string;
  readonly language: string;
  readonly cases: readonly { readonly number: string; readonly title: string }[];
  readonly person: AudiencePerson | null;
  /** Who else has the address, or has letters that can be ended sent there. */
  readonly others: readonly AudiencePerson[];
};
export type SendingRecord = {
  /** Of those that are still to be written to, as many as may wait to go out. */
  readonly next: readonly NextRecipient[];
  /** Somebody is. */
  readonly open: boolean;
  /** Of the last letters since it was started or resumed. */
  readonly bounced: number;
};

/** Announcements that the clock has planned, whatever has become of them. */
export type SupportEndRow = {
  readonly id: string;
  readonly name: string;
  readonly state: AnnouncementState;
  readonly dueAt: string | null;
  /** Why the clock has left it out; null: it has not. */
  readonly dropped: string | null;
};
export type SupportEndsRecord = {
  readonly running: boolean;
  /** Started or stopped; null: never. */
  readonly since: string | null;
  readonly versions: readonly EndingVersion[];
  readonly rows: readonly SupportEndRow[];
  /** Where it was asked for: to whom it would go, of each version. */
  readonly audiences: readonly (Pick<Audience, 'recipients' | 'sample'> & {
    readonly product: string;
    readonly version: string;
  })[];
};

export type AnnouncementNeeds = {
  /** By id, or by name. */
  readonly announcement?: { readonly id: string } | { readonly name: string };
  /** Whom it would go to is counted. */
  readonly audience?: Announcement | NonNullable<AnnouncementNeeds['announcement']>;
  /** The next sites to be looked through. */
  readonly gathering?: { readonly id: string };
  readonly sending?: { readonly id: string };
  readonly returned?: string;
  readonly supportEnds?: 'rows' | 'audiences';
};
export type AnnouncementRecords = {
  readonly announcement?: AnnouncementRecord | null;
  readonly audience?: Audience;
  readonly gathering?: readonly AudienceSite[];
  readonly sending?: SendingRecord;
  readonly supportEnds?: SupportEndsRecord;
  /** Contacts whose letters to that address came back, and announcements under way that left it out. */
  readonly returned?: {
    readonly contacts: readonly { readonly id: string; readonly site: string; readonly siteNumber: string }[];
    readonly announcements: readonly string[];
    /** Of whom a kind goes there, an address of nobody on record. */
    readonly subscribers: readonly { readonly id: string; readonly siteNumber: string }[];
  };
};
