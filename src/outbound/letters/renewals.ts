/** Letters about what ends, and what was renewed (POLICY §10.1–5), with their values as data. Days are ISO dates, where the site is. */
import type { SiteNumber } from '../../foundation/ids.ts';
import type { Grace, Loss } from '../../notices/renewals/losses.ts';
import type { PlanKind } from '../../registry/site.ts';

/** A support licence or a plan that ends. */
export type RenewalItem = {
  readonly kind: 'support' | 'plan';
  /** The product; null: of a plan. */
  readonly product: string | null;
  readonly plan: PlanKind | null;
  /** Of the licence. */
  readonly number: string | null;
  readonly quantity: number | null;
  /** The last covered day. */
  readonly endsOn: string;
};

/**
 * Why somebody gets it. `instead`: the letter to somebody before them in the order came back. `privilege`: nobody before them can be
 * written to. `copy`: their *downloads* open quotes (§11.7).
 */
export const renewalReaders = ['renewal', 'primary', 'privilege', 'instead', 'billing', 'copy'] as const;
export type RenewalReader = (typeof renewalReaders)[number];
/** They get the copy with the quote, and no entry for the calendar. */
export const isCopy = (reader: RenewalReader): boolean => reader === 'billing' || reader === 'copy';

type AtSite = { readonly siteName: string; readonly site: SiteNumber };

type RenewalNotice = AtSite & {
  /** Of what ends first. */
  readonly endsOn: string;
  /** From the day on which the letter goes out to that day; below nought behind it. */
  readonly days: number;
  /** The first ones; all of them go along as a table. */
  readonly items: readonly RenewalItem[];
  readonly more: number;
  readonly losses: readonly Loss[];
  /** Null where nothing is lost as a whole, or it is over. */
  readonly grace: Grace | null;
  /** Whom to write to, and who that is, where it is one person. */
  readonly renewals: string;
  readonly representative: string | null;
  /** What the renewal team has written for this letter. */
  readonly words: string | null;
  /** The name of the file that is attached. */
  readonly quote: string | null;
  readonly reader: RenewalReader;
  readonly calendar: boolean;
};

/** To whom a letter had gone: all of it is renewed. `calendar`: the entry that came with that is taken back. */
type RenewalSettled = AtSite & {
  readonly endsOn: string;
  readonly items: readonly (RenewalItem & { readonly until: string | null })[];
  readonly more: number;
  readonly renewals: string;
  readonly calendar: boolean;
};

export const notToldReasons = [
  ...(['no-contact', 'bounced', 'held', 'paused', 'downtime', 'known-late', 'by-hand'] as const),
] as const;
export type NotToldReason = (typeof notToldReasons)[number];

export type DigestLine = AtSite & {
  readonly step: string;
  /** When it goes out. */
  readonly day: string;
  readonly endsOn: string;
  readonly to: string | null;
  readonly state: 'planned' | 'held';
};

/** §10.5: to the renewal team each Monday. */
type RenewalDigest = {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly DigestLine[];
  readonly more: number;
  readonly paused: boolean;
  readonly notTold: readonly (AtSite & { readonly endsOn: string; readonly why: NotToldReason })[];
  readonly moreNotTold: number;
  readonly command: string;
};

export type RenewalLetter =
  | { readonly template: 'renewal-notice'; readonly values: RenewalNotice }
  | { readonly template: 'renewal-settled'; readonly values: RenewalSettled }
  | { readonly template: 'renewal-digest'; readonly values: RenewalDigest };

/** What such a letter is about: a reply to it stays with the renewal (§10.4). */
export type RenewalAsks = { readonly kind: 'renewal'; readonly step: string };

/** The day as an entry of the reader's calendar (RFC 5545): the same `uid` with a greater `sequence` takes the place of the one before. */
export type CalendarEntry = {
  /** Without the domain. */
  readonly uid: string;
  readonly sequence: number;
  readonly day: string;
  readonly cancelled: boolean;
  readonly organiser: string;
  /** One line each. */
  readonly lines: readonly string[];
};
