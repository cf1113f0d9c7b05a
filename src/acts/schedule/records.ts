/** What acts on letters on a schedule see. */
import type { ClockPlace } from '../../calendar/place-calendar.ts';
import type { ContactId, SiteId } from '../../foundation/ids.ts';
import type { ScheduleKind, TurnKind } from '../../notices/turns.ts';
import type { Contact, Licence } from '../../registry/site.ts';

/** A site with those of its people who may be written to for all of it. */
export type SiteToWriteTo = {
  readonly number: string;
  readonly place: ClockPlace;
  readonly people: readonly (Pick<Contact, 'email' | 'role' | 'types' | 'privileges'> & {
    readonly unreachable?: boolean;
  })[];
};
export type ScheduleRecord = {
  readonly running: boolean;
  /** Started or stopped; null: it never was. */
  readonly since: string | null;
  /** Where its first round is asked for. */
  readonly sites: readonly SiteToWriteTo[];
};

export type TurnRecord = {
  readonly site: SiteId;
  readonly period: string;
  readonly step: number;
  /** Null: nothing is due. */
  readonly dueAt: string | null;
  /** The kind was started, and was not stopped since. */
  readonly running: boolean;
  /** When the site was last written to about it, by the clock or by hand; null, left out: never. */
  readonly askedAt?: string | null;
};
/** What a welcome tells beside the people of the site. */
export type WelcomeRecord = { readonly pin: string | null; readonly licences: readonly Licence[] };

export type UnansweredSite = {
  readonly site: SiteId;
  readonly siteNumber: string;
  readonly siteName: string;
  readonly period: string;
  /** So many people are asked about still. */
  readonly open: number;
};
/** `since`: the first letter that came back, of those nobody was asked about yet. */
export type DoubtfulContact = { readonly contact: ContactId; readonly since: string };

export type ScheduleNeeds = {
  readonly schedule?: { readonly kind: ScheduleKind; readonly sites: boolean };
  readonly turn?: { readonly site: string; readonly kind: TurnKind };
  /** The id of a contact. */
  readonly doubtful?: string;
  readonly unanswered?: true;
  /** Sites that were welcomed, or are about to be. */
  readonly welcomed?: true;
};
export type ScheduleRecords = {
  readonly schedule?: ScheduleRecord;
  readonly turn?: TurnRecord | null;
  readonly welcome?: WelcomeRecord;
  readonly doubtful?: DoubtfulContact | null;
  readonly unanswered?: readonly UnansweredSite[];
  readonly welcomed?: ReadonlySet<string>;
};
