/** What acts on letters about renewals see (POLICY §10). */
import type { RenewalContract } from '../../changes/schedule/renewals.ts';
import type { Contact, SiteFacts } from '../../registry/site.ts';

export const renewalStates = ['planned', 'held', 'sent', 'nobody', 'skipped'] as const;
export type RenewalState = (typeof renewalStates)[number];

export type RenewalLetterRecord = {
  readonly id: string;
  readonly role: 'notice' | 'copy' | 'settled';
  readonly to: string;
  readonly state: string;
  /** It is being handed over just now. */
  readonly claimed: boolean;
  /** The group whose entry for the calendar it goes on with, and the number of that; null: none goes along. */
  readonly entry: string;
  readonly sequence: number | null;
};

export type RenewalStep = {
  readonly id: string;
  /** The earliest end of its group, and the days from there. */
  readonly group: string;
  readonly step: number;
  readonly day: string;
  readonly dueAt: string;
  readonly items: readonly RenewalContract[];
  readonly state: (typeof renewalStates)[number];
  readonly reason: string | null;
  readonly words: string | null;
  readonly version: number;
  /** It is over; its key is never used again. */
  readonly settledAt: string | null;
  /** `content` is base64, and there where one step was asked for. */
  readonly quote: { readonly filename: string; readonly type: string; readonly content: string | null } | null;
  /** Oldest first. */
  readonly letters: readonly RenewalLetterRecord[];
};

export type RenewalPerson = Contact & { readonly unreachable?: boolean };
export type RenewalSite = {
  readonly of: SiteFacts;
  /** Grows with every import. */
  readonly version: number;
  /** In the order of the registry. */
  readonly people: readonly RenewalPerson[];
  /** Ends on record (`id|day`), and since when. */
  readonly known: Readonly<Record<string, string>>;
  /** Of groups that have not ended long ago. */
  readonly steps: readonly RenewalStep[];
};
export type RenewalSchedule = {
  readonly running: boolean;
  /** Started or stopped; null: never. */
  readonly since: string | null;
  readonly pausedAt: string | null;
};
/** For the list of the week: what goes out, and accounts that were not told. */
export type RenewalWeek = {
  readonly planned: readonly {
    readonly renewal: string;
    readonly site: string;
    readonly siteName: string;
    readonly day: string;
    readonly endsOn: string;
    /** Who of our people looks after the account. */
    readonly representative: string | null;
    /** Of whom one is told. */
    readonly people: readonly RenewalPerson[];
    readonly state: 'planned' | 'held';
  }[];
  readonly notTold: readonly {
    readonly site: string;
    readonly siteName: string;
    readonly endsOn: string;
    readonly representative: string | null;
    readonly why: string;
  }[];
};

export type RenewalNeeds = {
  readonly renewals?:
    | { readonly site: string; readonly step?: undefined }
    | { readonly step: string; readonly site?: undefined }
    | { readonly schedule: true; readonly site?: undefined; readonly step?: undefined };
  /** Every site, for the numbers that are shown before the start. */
  readonly renewalSites?: true;
  readonly renewalWeek?: { readonly from: string; readonly to: string };
};
export type RenewalRecords = {
  readonly renewals?: {
    readonly schedule: RenewalSchedule;
    readonly site: RenewalSite | null;
    /** The step that was asked for. */
    readonly step: RenewalStep | null;
  };
  readonly renewalSites?: readonly RenewalSite[];
  readonly renewalWeek?: RenewalWeek;
};
