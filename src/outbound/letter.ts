/**
 * Every letter Postern sends, one member each, with its values as data. A letter becomes bytes once, with the transaction
 * that causes it (MAIL.md §4). Times are ISO 8601 with the offset of the reader's time zone, days are ISO dates: how they
 * are written out is `render.ts`'s business, in the letter's language.
 */
import type { Severity } from '../cases/case.ts';
import type { ResponseTarget } from '../cases/policy.ts';
import type { CaseNumber, LetterId, MailId, SiteNumber } from '../foundation/ids.ts';
import type { ReportField } from '../mail/parsed-mail.ts';

/** Every template there is. `templates/en/<name>.md` must be there for each; other languages fall back to it. */
export const letterTemplates = {
  acknowledgement: { priority: 'answer', autoSubmitted: 'auto-replied' },
  'opened-summary': { priority: 'answer', autoSubmitted: 'auto-generated' },
  'neutral-receipt': { priority: 'answer', autoSubmitted: 'auto-replied' },
  'pin-needed': { priority: 'answer', autoSubmitted: 'auto-replied' },
  'support-lapsed': { priority: 'answer', autoSubmitted: 'auto-replied' },
  'staff-notice': { priority: 'notice', autoSubmitted: 'auto-generated' },
} as const satisfies Record<
  string,
  { priority: 'answer' | 'notice'; autoSubmitted: 'auto-replied' | 'auto-generated' }
>;

export type LetterTemplate = keyof typeof letterTemplates;
/** Answers go out before notices, and are given up sooner. */
export type LetterPriority = 'answer' | 'notice';
export type AutoSubmitted = 'auto-replied' | 'auto-generated';

type Envelope = {
  /** The address on record, never the spelling received (MAIL.md §2); for a stranger the plain From. */
  readonly to: string;
  /** Not on record: other limits hold, and nothing of their mail may be in the letter. */
  readonly stranger: boolean;
  /** BCP 47; a missing translation falls back to its base language, then to English. */
  readonly language: string;
  /** What it is about, as a key for the limits: `case:100042`, `mail:17`, `command:pin`. Never shown. */
  readonly matter: string;
  readonly causedBy: MailId | null;
  readonly case: CaseNumber | null;
  /** Of the mail answered, with angle brackets; null and empty where the letter answers none. */
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
};

/** POLICY §3.r14, §3.r9 (`case-followed-up`), §4.3, §4.5, §2.3 to §2.5. */
export type Acknowledgement = Envelope & {
  readonly template: 'acknowledgement';
  readonly case: CaseNumber;
  readonly values: {
    readonly title: string;
    readonly name: string;
    readonly severity: Severity;
    /** The first response promised and its deadline in the site's time zone; null where none is promised (a preview). */
    readonly response: { readonly target: ResponseTarget; readonly due: string; readonly timezone: string } | null;
    /** What a good report would also have said; asked for once. */
    readonly missing: readonly ReportField[];
    /** Severity 1 is to be phoned in: the number for the site's country. Null below 1 or where no number is on record. */
    readonly phone: string | null;
    /** The closed case that the mail answered too late to reopen it. */
    readonly followsUp: CaseNumber | null;
    readonly lowered: 'trial' | 'preview' | 'provisional caller' | null;
    readonly underCovered: boolean;
    /** Opened within grace: the last covered day, and whom to write to about it (null: no address of ours for it). */
    readonly provisional: { readonly endedOn: string; readonly renewalsAddress: string | null } | null;
    readonly preview: boolean;
    readonly stage: 'full' | 'limited' | 'discontinued' | null;
    /** A product was named that the site has no licence for (§2.1). */
    readonly productUnknown: boolean;
    /** What of the mail could not be read: `encrypted`, `winmail.dat`, `calendar`. */
    readonly unreadParts: readonly string[];
  };
};

/** Above the limit of acknowledgements, one letter sums up (POLICY §3). */
export type OpenedSummary = Envelope & {
  readonly template: 'opened-summary';
  readonly values: {
    readonly name: string;
    readonly cases: readonly {
      readonly number: CaseNumber;
      readonly title: string;
      readonly severity: Severity;
      readonly due: string | null;
    }[];
    readonly timezone: string;
  };
};

/** One text for every cause, in the operator's languages, never the site's; holds nothing of the mail. */
export type NeutralReceipt = Envelope & {
  readonly template: 'neutral-receipt';
  readonly case: null;
  readonly stranger: true;
  readonly values: {
    readonly supportAddress: string;
    /** Null: access is asked for at the support address. */
    readonly accessAddress: string | null;
    /** Every language the letter holds, in order. */
    readonly languages: readonly string[];
  };
};

/** POLICY §3.r17: how to get the PIN, and that a reply with it is enough. Shows no PIN. */
export type PinNeeded = Envelope & {
  readonly template: 'pin-needed';
  readonly values: {
    readonly name: string;
    readonly title: string;
    readonly cause: 'missing' | 'unknown' | 'two';
    readonly supportAddress: string;
  };
};

/** POLICY §2.5, §6.3. */
export type SupportLapsed = Envelope & {
  readonly template: 'support-lapsed';
  readonly values: {
    readonly name: string;
    readonly title: string;
    /** The last covered day; null where the site never was. */
    readonly endedOn: string | null;
    readonly renewalsAddress: string | null;
    readonly supportAddress: string;
  };
};

export type StaffNotice = Envelope & {
  readonly template: 'staff-notice';
  readonly stranger: false;
  readonly values: StaffNews & { readonly link: string };
};

type SiteNamed = { readonly site: SiteNumber; readonly siteName: string };

/** To people of the operator; `link` leads to the page that shows it (below `PUBLIC_URL`). */
export type StaffNews =
  | { readonly kind: 'unreadable-mail'; readonly mail: MailId; readonly reason: string }
  | { readonly kind: 'letter-failed'; readonly letter: LetterId; readonly to: string; readonly response: string }
  | ({ readonly kind: 'lapsed-wrote'; readonly endedOn: string | null; readonly from: string } & SiteNamed)
  | ({
      readonly kind: 'under-covered-wrote';
      readonly case: CaseNumber;
      readonly users: number;
      readonly support: number;
    } & SiteNamed)
  | ({
      readonly kind: 'severity-1-opened';
      readonly case: CaseNumber;
      readonly title: string;
      readonly due: string | null;
      readonly timezone: string;
      readonly provisional: boolean;
    } & SiteNamed);

export type Letter = Acknowledgement | OpenedSummary | NeutralReceipt | PinNeeded | SupportLapsed | StaffNotice;
export type LetterOf<Name extends LetterTemplate> = Extract<Letter, { template: Name }>;

/** The languages a letter is written in: one, save for the neutral receipt. */
export const languagesOf = (letter: Letter): readonly string[] =>
  letter.template === 'neutral-receipt' ? letter.values.languages : [letter.language];
