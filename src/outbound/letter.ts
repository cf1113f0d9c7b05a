/**
 * Every letter Postern sends, one member each, with its values as data. A letter becomes bytes once, before the transaction
 * that causes it (MAIL.md §4). Times are ISO 8601 and go with the reader's time zone, days are ISO dates: how they are
 * written out is `values-for-text.ts`'s business, in the letter's language.
 */
import type { CaseKind, Severity } from '../cases/case.ts';
import type { ResponseTarget } from '../cases/policy.ts';
import type { Proposal } from '../cases/proposal.ts';
import type { CaseNumber, ContactId, LetterId, MailId, SiteId, SiteNumber } from '../foundation/ids.ts';
import type { ReportField, UnreadableReason } from '../mail/parsed-mail.ts';
import type { OptionalKind } from '../notices/kinds.ts';
import type { MandatoryField } from '../registry/contacts/mandatory.ts';
import type { PrivilegeName } from '../registry/contacts/privileges.ts';
import type { Entitlement } from '../registry/entitlement.ts';
import type { LicenceShown, Proof } from '../registry/licences/proofs.ts';
import type { ContactDetails, LicenceKind, PlanKind, Role } from '../registry/site.ts';
import type { AccessAsks, AccessLetter } from './letters/access.ts';
import type { AnnouncementLetter } from './letters/announcements.ts';
import type { CalendarEntry, RenewalAsks, RenewalLetter } from './letters/renewals.ts';
import type { SubscriptionAsks, SubscriptionLetter } from './letters/subscriptions.ts';

/** RFC 3834: what only answers a mail says so, the rest was made by a machine of its own accord; what a person writes (null) is not automatic. */
export type AutoSubmitted = 'auto-replied' | 'auto-generated' | null;

/**
 * Every template there is. `templates/en/<name>.md` has to be there for each; other languages fall back to it.
 * `offCase`: not shown on a case; it is not about it, or not for the customer.
 * `notice`: goes after answers, and is tried for longer.
 * `unlimited`: no number of letters holds it back. It sums up what was left out, has an interval of its own, or a person writes it or waits for it.
 * `urgent`: goes before all others, also while letters are paused, while the way out rests, and above its rate.
 */
export const letterTemplates = {
  acknowledgement: { autoSubmitted: 'auto-replied' },
  'opened-summary': { autoSubmitted: 'auto-generated', unlimited: true },
  'neutral-receipt': { autoSubmitted: 'auto-replied', offCase: true },
  'security-receipt': { autoSubmitted: 'auto-replied' },
  'care-receipt': { autoSubmitted: 'auto-replied' },
  'answer-not-understood': { autoSubmitted: 'auto-replied', question: true },
  'added-to-case': { autoSubmitted: 'auto-replied' },
  'reply-received': { autoSubmitted: 'auto-replied' },
  'pin-needed': { autoSubmitted: 'auto-replied', question: true },
  'may-only-follow': { autoSubmitted: 'auto-replied' },
  'support-lapsed': { autoSubmitted: 'auto-replied' },
  'staff-notice': { autoSubmitted: 'auto-generated', offCase: true },
  'case-notice': { autoSubmitted: 'auto-generated', offCase: true, unlimited: true },
  'staff-answer': { autoSubmitted: 'auto-generated', offCase: true },
  'work-by-mail': { autoSubmitted: 'auto-replied', offCase: true },
  'case-message': { autoSubmitted: null, offCase: true, unlimited: true },
  'severity-proposal': { autoSubmitted: 'auto-generated' },
  'case-escalated': { autoSubmitted: 'auto-generated' },
  'case-left': { autoSubmitted: 'auto-replied' },
  'case-merged': { autoSubmitted: 'auto-generated' },
  'case-split': { autoSubmitted: 'auto-generated' },
  'case-progress': { autoSubmitted: 'auto-generated', unlimited: true },
  'out-of-scope': { autoSubmitted: 'auto-generated', unlimited: true },
  'sender-question': { autoSubmitted: 'auto-generated' },
  'sender-settled': { autoSubmitted: 'auto-replied' },
  'held-answer': { autoSubmitted: 'auto-generated', unlimited: true },
  alert: { autoSubmitted: 'auto-generated', unlimited: true },
  'test-letter': { autoSubmitted: 'auto-generated', unlimited: true },
  'sign-in-code': { autoSubmitted: 'auto-generated', secret: 'code', unlimited: true, offCase: true, urgent: true },
  'confirm-code': { autoSubmitted: 'auto-replied', secret: 'code' },
  'privileged-pin': { autoSubmitted: 'auto-generated', secret: 'pin' },
  'privileged-pin-used': { autoSubmitted: 'auto-generated' },
  'privileged-pin-accepted': { autoSubmitted: 'auto-replied' },
  'command-pin': { autoSubmitted: 'auto-replied' },
  'command-cases': { autoSubmitted: 'auto-replied' },
  'command-status': { autoSubmitted: 'auto-replied' },
  'command-changed': { autoSubmitted: 'auto-replied' },
  'severity-set': { autoSubmitted: 'auto-replied' },
  'solution-proposed': { autoSubmitted: null, offCase: true, unlimited: true },
  'solution-reminder': { autoSubmitted: 'auto-generated', unlimited: true },
  'wait-reminder': { autoSubmitted: 'auto-generated', unlimited: true },
  'case-closed': { autoSubmitted: 'auto-generated' },
  'command-licences': { autoSubmitted: 'auto-replied' },
  'upgrade-requested': { autoSubmitted: 'auto-replied' },
  'contacts-list': { autoSubmitted: 'auto-replied' },
  'contacts-changed': { autoSubmitted: 'auto-generated' },
  'contact-welcome': { autoSubmitted: 'auto-generated' },
  'contact-erased': { autoSubmitted: 'auto-generated' },
  subscriptions: { autoSubmitted: 'auto-replied' },
  announcement: { autoSubmitted: 'auto-generated', unlimited: true, offCase: true, notice: true },
  'support-end': { autoSubmitted: 'auto-generated', unlimited: true, offCase: true, notice: true },
  'licence-registered': { autoSubmitted: 'auto-replied' },
  'proof-of-entitlement': { autoSubmitted: 'auto-generated', notice: true },
  'licence-issued': { autoSubmitted: 'auto-generated', notice: true },
  'contacts-monthly': { autoSubmitted: 'auto-generated', notice: true },
  'contacts-quarterly': { autoSubmitted: 'auto-generated', notice: true },
  'contact-unreached': { autoSubmitted: 'auto-generated' },
  'contacts-attested': { autoSubmitted: 'auto-replied' },
  'site-welcome': { autoSubmitted: 'auto-generated', notice: true },
  'technical-welcome': { autoSubmitted: 'auto-generated', notice: true },
  'renewal-notice': { autoSubmitted: 'auto-generated', unlimited: true, notice: true, offCase: true },
  'renewal-settled': { autoSubmitted: 'auto-generated', unlimited: true, notice: true, offCase: true },
  'renewal-digest': { autoSubmitted: 'auto-generated', unlimited: true, offCase: true },
  'command-help': { autoSubmitted: 'auto-replied' },
  'command-refused': { autoSubmitted: 'auto-replied' },
  // Its pool is kept by whoever sends it (`run-access-request`).
  'access-verify': { autoSubmitted: 'auto-replied', unlimited: true, offCase: true },
  'access-next': { autoSubmitted: 'auto-replied', offCase: true },
  'access-caller': { autoSubmitted: 'auto-generated', unlimited: true },
  'access-question': { autoSubmitted: 'auto-generated', unlimited: true },
  'access-settled': { autoSubmitted: 'auto-replied', question: true },
  'access-decided': { autoSubmitted: 'auto-generated', unlimited: true },
  'access-with-care': { autoSubmitted: 'auto-generated', unlimited: true, offCase: true },
} as const satisfies Record<
  string,
  {
    autoSubmitted: AutoSubmitted;
    secret?: string;
    question?: true;
    unlimited?: true;
    offCase?: true;
    notice?: true;
    urgent?: true;
  }
>;

/** The value that must not lie about in clear: such a letter is stored sealed, and masked where it is shown. */
export function secretOf({ template, values }: Letter): string | null {
  const kind = letterTemplates[template];
  const value = 'secret' in kind ? (values as Readonly<Record<string, unknown>>)[kind.secret] : null;
  return typeof value === 'string' ? value : null;
}

export type LetterTemplate = keyof typeof letterTemplates;

/** A letter of this template tells a secret. */
export const tellsSecret = (template: string): boolean =>
  Object.hasOwn(letterTemplates, template) && 'secret' in letterTemplates[template as LetterTemplate];

/** Whether the columns of this template have the mark; false for a name that is no template of today. */
export const isMarked = (template: string, mark: 'question' | 'unlimited' | 'offCase' | 'notice' | 'urgent'): boolean =>
  Object.hasOwn(letterTemplates, template) && mark in letterTemplates[template as LetterTemplate];

/** Files beside the templates that are parts of letters. */
export const letterParts = ['last-letter', 'how-to-leave'] as const;
export type LetterPart = (typeof letterParts)[number];
export const isPart = (name: string): name is LetterPart => (letterParts as readonly string[]).includes(name);

/** What a person has written, and no letter of Postern's own. */
export const isWritten = (template: string): boolean =>
  (letterTemplates as Readonly<Record<string, { autoSubmitted: AutoSubmitted }>>)[template]?.autoSubmitted === null;

/** It asks a contact for something that is missing; its matter is what is missing, and letters of one matter count together. */
export const isQuestion = (template: string): boolean => isMarked(template, 'question');

/** What the last letter of an hour or a day says besides; `phone` is null where the operator has named none. */
export type Closing = { readonly last: 'hour' | 'day'; readonly phone: string | null };

/** POLICY §3.r14, §3.r9 (`case-followed-up`), §4.3, §4.5, §2.1 to §2.5. */
export type Acknowledgement = {
  readonly number: CaseNumber;
  /** The closed case that the mail answered too late to reopen it; the letter shows both numbers. */
  readonly follows: CaseNumber | null;
  /** The case that the mail named by its bare number, and is none of; the letter shows both numbers. */
  readonly linked: CaseNumber | null;
  readonly title: string;
  readonly severity: Severity;
  /** The first response that is promised, what it is counted in, and its deadline. Not shown for a preview (best effort). */
  readonly target: ResponseTarget;
  readonly hours: 'business' | 'round-the-clock';
  readonly due: string;
  readonly timezone: string;
  /** What a good report would also have said; asked for once. */
  readonly missing: readonly ReportField[];
  /** No severity was named, and the default taken (§4.2). */
  readonly assumed: boolean;
  /** The number for the site's country: severity 1 is to be phoned in, and stopped work where nobody named a severity. Null otherwise, or where there is none. */
  readonly phone: string | null;
  /** Why the severity is lower than what was asked for. */
  readonly lowered: 'trial' | 'preview' | 'provisional caller' | null;
  /** Opened within grace: the last covered day. */
  readonly graceSince: string | null;
  /** The product as it was named, where the site has no licence for one of that name. */
  readonly productUnknown: string | null;
  readonly stage: 'full' | 'limited' | 'discontinued';
  readonly preview: boolean;
  /** The page that shows how the case stands; `casePageToCome` in it stands for its token. */
  readonly link: string;
};

/** In the link of a letter about a case: what its page is found by, which is made with the letter. */
export const casePageToCome = '\u0000case-page';

/** Above the limit of acknowledgements one letter sums up (POLICY §3). */
type OpenedSummary = {
  readonly cases: readonly {
    readonly number: CaseNumber;
    readonly title: string;
    readonly severity: Severity;
    readonly due: string;
  }[];
  readonly timezone: string;
  /** They were written while there was no contract (§2.5). */
  readonly renewed: boolean;
};

/** One text for every cause, in all the operator's languages, never the site's; holds nothing of the mail. */
type NeutralReceipt = {
  readonly support: string;
  /** Where access is asked for; the support address where there is no other. */
  readonly access: string;
};

/** POLICY §3.r13: one text for everybody, in all the operator's languages; holds nothing of the report. */
type SecurityReceipt = { readonly security: string };

/** POLICY §3.r13a: one text for everybody; holds nothing of the mail. */
type CareReceipt = { readonly care: string };

/**
 * POLICY §3.r17: how to get the PIN, and that a reply with it is enough. Shows no PIN but the one that was written and is none of the
 * reader's sites' (§3 "Guessing").
 */
export type PinNeeded = { readonly title: string } & (
  | { readonly cause: 'none' | 'several' }
  /** The number as it was written. */
  | { readonly cause: 'not-yours'; readonly pin: string }
  /** Their own: when it was replaced and until when it was good, ISO 8601. */
  | {
      readonly cause: 'retired';
      readonly replacedAt: string;
      readonly goodUntil: string;
      readonly timezone: string;
    }
  /** The reader's own, of which it is not clear which one is meant. */
  | { readonly cause: 'which-site'; readonly sites: readonly { readonly number: string; readonly name: string }[] }
);

/** What an answer lacks, by what was asked for. `over`: the code is used, closed or too old, and has to be asked for again. */
export const notUnderstood = {
  'missing-pin': ['none'],
  code: ['none', 'incomplete', 'over'],
  senders: ['none'],
  attest: ['none'],
  contacts: ['none'],
} as const;

/** POLICY §3.r16a: what was missing in an answer, and how to say it. */
type AnswerNotUnderstood = {
  readonly asked: keyof typeof notUnderstood;
  readonly why: (typeof notUnderstood)[keyof typeof notUnderstood][number];
  /** Of the mail that waits for its PIN; empty where its writer is somebody else. */
  readonly title: string;
  /** Senders that wait for an answer. */
  readonly open: readonly AskedSender[];
  /** Of those who are asked about, one as an example (§8.10). */
  readonly person?: string;
};

/** POLICY §3 "The case number": where a bare number has led a mail. */
type AddedToCase = { readonly number: CaseNumber; readonly title: string };

/** POLICY §3.r9, where the operator has switched it on. */
type ReplyReceived = AddedToCase & { readonly reopened: boolean };

/** POLICY §2.5, §6.3. */
type SupportLapsed = {
  readonly title: string;
  readonly siteName: string;
  /** Where another product of theirs is covered. */
  readonly product: string | null;
  /** The last covered day; null where the site never was. */
  readonly endedOn: string | null;
  /** The day on which support begins again, where that is on record. */
  readonly beginsOn: string | null;
  readonly renewals: string;
  /** Somebody renews contracts here, and hears of it. */
  readonly teamKnows: boolean;
  /** The case that was written to, null for a new request. */
  readonly case: CaseNumber | null;
};

type AtSite = {
  readonly site: SiteNumber;
  readonly siteName: string;
  readonly contact: string;
  readonly title: string;
};

/** A sender whom somebody at the customer is asked about; `ref` is what an answer names it by. */
type AskedSender = { readonly ref: string; readonly address: string; readonly case: CaseNumber | null };

/** POLICY §3.r10, §3.r16: whether these people belong to the site. One letter for all that there is to ask. */
type SenderQuestion = {
  readonly siteName: string;
  readonly timezone: string;
  readonly lines: readonly (AskedSender & { readonly title: string; readonly arrivedAt: string })[];
};

/** What an answer about senders has done; `was-` was decided before it came. `open` still waits for its answer. */
type SenderSettled = {
  readonly lines: readonly (AskedSender & {
    readonly result: 'registered' | 'once' | 'refused' | 'was-registered' | 'was-once' | 'was-refused' | 'expired';
  })[];
  readonly open: readonly AskedSender[];
};

/** POLICY §3 "Held mail": what a person of the operator writes to the sender of a held mail. Holds nothing of the mail. */
type HeldAnswer = { readonly text: string; readonly support: string };

/** Why a privileged PIN that came by mail was not used (POLICY §3.r7). */
export const privilegedRefusals = [
  'unknown',
  'other-person',
  'other-address',
  'not-verified',
  'used',
  'expired',
  'revoked',
  'no-right',
  'several',
  'in-the-text',
] as const;
export type PrivilegedRefusal = (typeof privilegedRefusals)[number];

/** Why an answer of our people, or what looks like one, was held (POLICY §3.r6). */
export const staffAnswersHeld = [
  'not-verified',
  'not-theirs',
  'no-token',
  'has-left',
  'repeated',
  'by-list',
  'no-case',
  'no-notification',
  'several-cases',
  'failed',
] as const;
export type StaffAnswerHeld = (typeof staffAnswersHeld)[number];

/**
 * To people of the operator. `command` shows what it is about: there is no page yet that opens without a token. `begins` are the
 * first lines of the mail, secrets covered; `phone` is how its writer is reached, by the registry or by what the mail says.
 */
type OfNotice = {
  readonly mail: MailId;
  readonly command: string;
  readonly begins?: readonly string[];
  readonly phone?: string | null;
  readonly phoneOnRecord?: boolean;
};

/** What a mail was held as (POLICY §3), for whoever reads that nobody has decided about it. */
export const heldOutcomes = [
  'held-unreadable',
  'held-unauthenticated',
  'held-staff-answer',
  'held-stranger-on-case',
  'held-unregistered',
  'held-pin-needed',
  'held-unknown',
] as const;
export type HeldOutcome = (typeof heldOutcomes)[number];

export type StaffNotice = OfNotice &
  (
    | { readonly kind: 'unreadable-mail'; readonly why: UnreadableReason }
    | {
        readonly kind: 'held-refused';
        readonly days: number;
        readonly mails: readonly {
          readonly id: string;
          readonly was: HeldOutcome;
          readonly from: string | null;
          readonly arrivedAt: string;
        }[];
        readonly more: number;
      }
    | {
        /** POLICY §3.r7. What was refused since the last such letter, oldest first; no PIN is in it. */
        readonly kind: 'privileged-pin-refused';
        readonly tries: readonly {
          readonly mail: string;
          readonly why: PrivilegedRefusal;
          readonly from: string | null;
          readonly case: CaseNumber | null;
        }[];
        readonly more: number;
      }
    | {
        /** POLICY §3 "Guessing": so many PINs of others in a day from one contact. */
        readonly kind: 'contact-guesses';
        readonly from: string;
        readonly contact: string;
        readonly site: string;
        readonly siteName: string;
        readonly most: number;
      }
    | { readonly kind: 'letter-failed'; readonly letter: LetterId; readonly to: string; readonly why: string }
    | {
        /** To the security address, or the postmaster; `siteName` is that of a sender on record. */
        readonly kind: 'vulnerability-reported' | 'postmaster-wrote';
        readonly from: string;
        readonly siteName: string | null;
        readonly title: string;
      }
    | {
        /** POLICY §3.r12; `renewal`: the letter that it answers, by its number in the list of renewals. */
        readonly kind: 'renewal-answered';
        readonly renewal?: string;
        readonly from: string;
        readonly siteName: string | null;
        readonly title: string;
      }
    | {
        /** POLICY §3.r13a. `due`: to be answered by then. `receipt`: the sender gets one. */
        readonly kind: 'care-wrote';
        readonly receipt: boolean;
        readonly from: string;
        readonly siteName: string | null;
        readonly title: string;
        readonly due: string;
        readonly timezone: string;
      }
    | {
        /** POLICY §3, for r11 to r13a: a case was opened from a mail that this team has an address of in it. */
        readonly kind: 'wrote-beside-support';
        /** It answers the letter of this number. */
        readonly renewal?: string;
        readonly team: 'renewals' | 'security' | 'care' | 'licensing';
        readonly from: string;
        readonly siteName: string | null;
        readonly title: string;
        readonly case: CaseNumber;
      }
    | {
        /** POLICY §3.r13a: nobody has answered in time; told once a mail. */
        readonly kind: 'care-overdue';
        readonly mails: readonly { readonly id: string; readonly from: string | null; readonly due: string }[];
        readonly more: number;
        readonly timezone: string;
      }
    | {
        /** POLICY §8.10: asked and reminded, and no answer; nothing changes. */
        readonly kind: 'attestation-unanswered';
        readonly sites: readonly { readonly site: string; readonly siteName: string; readonly open: number }[];
        readonly more: number;
      }
    | {
        /** POLICY §11.6: overdue as the timers of cases begin; one list. */
        readonly kind: 'cases-overdue';
        readonly cases: readonly {
          readonly number: CaseNumber;
          readonly title: string;
          readonly severity: Severity;
          readonly siteName: string;
          readonly due: string;
        }[];
        readonly more: number;
        readonly timezone: string;
      }
    | {
        /** POLICY §3.r6: it would have gone to a customer, and was held. */
        readonly kind: 'staff-answer-held';
        readonly why: StaffAnswerHeld;
        readonly from: string;
        readonly title: string;
        readonly case: CaseNumber | null;
      }
    | {
        /** POLICY §7 `UPGRADE`: a customer wants another plan; the contract as it stands that day. */
        readonly kind: 'upgrade-wanted';
        readonly site: SiteNumber;
        readonly siteName: string;
        readonly contact: string;
        readonly from: string;
        readonly plan: PlanKind;
        readonly plans: readonly PlanShown[];
        readonly has: boolean;
        readonly lacksBase: boolean;
        /** Support counts that day; `endedOn` is its last one where it does no more. */
        readonly covered: boolean;
        readonly endedOn: string | null;
        readonly case: CaseNumber | null;
      }
    | (AtSite & {
        readonly kind: 'licensing-opened';
        readonly case: CaseNumber;
        readonly due: string;
        readonly timezone: string;
      })
    | (AtSite & {
        readonly kind: 'lapsed-wrote';
        readonly product: string | null;
        readonly endedOn: string | null;
        readonly beginsOn: string | null;
        readonly case: CaseNumber | null;
      })
    | (AtSite & { readonly kind: 'grace-wrote'; readonly endedOn: string; readonly case: CaseNumber })
    | (AtSite & {
        readonly kind: 'under-covered-wrote';
        readonly case: CaseNumber;
        readonly product: string;
        readonly users: number;
        readonly support: number;
      })
    | (AtSite & {
        readonly kind: 'severity-1-opened';
        readonly case: CaseNumber;
        readonly due: string;
        readonly timezone: string;
      })
  );

/** Why somebody of ours hears of a case (POLICY §4.6, §5.1, §5.4). */
export const caseNotices = [
  'offered',
  'untaken',
  'assigned',
  'written',
  'warning',
  'breached',
  'wait-over',
  'update-owed',
  'unreachable',
  'escalated',
  'severity-proposed',
] as const;

/** To people of the operator, about a case that they work on; it can be answered. */
export type CaseNotice = {
  readonly why: (typeof caseNotices)[number];
  readonly number: CaseNumber;
  readonly title: string;
  readonly severity: Severity;
  readonly kind: CaseKind;
  readonly site: SiteNumber;
  readonly siteName: string;
  readonly contact: string;
  readonly phone: string | null;
  readonly owner: string | null;
  /** How much of the time to the first response has passed; null where that is not why. */
  readonly percent: number | null;
  readonly due: string | null;
  /** Null once it was given, and where the clock stands. */
  readonly answeredAt: string | null;
  readonly product: string | null;
  /** What the contract was when the case was opened; `today` where it is another now. */
  readonly contract: { readonly opened: CaseContract; readonly today: CaseContract | null };
  readonly timezone: string;
  /** The last ones, newest first. */
  readonly messages: readonly CaseNoticeMessage[];
};

type CaseNoticeMessage = {
  readonly direction: 'in' | 'out' | 'note';
  readonly author: string;
  readonly at: string;
  readonly text: string;
  /** What is enclosed, in bytes; it stays with us, and is had from the case. */
  readonly attachments: readonly { readonly name: string; readonly size: number }[];
};

/** `until`: the last covered day, where it is known. */
export type CaseContract = {
  readonly kind: Entitlement['kind'];
  readonly plan: PlanKind | null;
  readonly until: string | null;
};

export const staffAnswerResults = [
  'done',
  'refused',
  'mistyped',
  'holds-notification',
  'owner-changed',
  'late',
  'let-go',
  'cancelled',
  'too-late',
  'nothing-waits',
  'empty',
] as const;
/** POLICY §5.4: why nothing was done of what one of our people asked for by mail. */
export const workRefusals = [
  'case-closed',
  'case-merged',
  'no-right',
  'nobody',
  'several-people',
  'not-on-cases',
  'is-theirs',
  'is-yours',
  'was-faster',
  'absent',
  'kind-without-id',
  'no-enhancements',
  'kind-is-so',
  'waits-already',
  'severity-is-so',
  'severity-proposed',
  'severity-not-allowed',
  'preview-not-escalated',
  'escalated-already',
  'undecided',
  'too-large',
  'too-long',
  'unclear',
] as const;
export type WorkRefused = {
  readonly why: (typeof workRefusals)[number];
  /** A name, what was typed, a number, and what stands beside it. */
  readonly what?: string | number;
  readonly more?: string;
  /** A moment, and a day. */
  readonly at?: string;
  readonly day?: string;
};

/** What a command of theirs comes to, now or once their text has gone out. */
export const workDone = [
  'taken',
  'assigned',
  'noted',
  'note-empty',
  'asks-solved',
  'waits',
  'severity-proposed',
  'severity-set',
  'severity-declined',
  'kind',
  'kind-filed',
  'kind-licensing',
  'proposal-dropped',
  'closed',
  'escalated',
  'escalated-again',
] as const;
export type WorkDone = {
  readonly word: string;
  readonly did: (typeof workDone)[number];
  readonly later: boolean;
  /** Who has it now, a kind, a severity; and the severity before it, or an id. `kind`: it is so by the kind. */
  readonly what: string | number | null;
  readonly more: string | number | null;
  readonly until: string | null;
};
export const sinceNotice = ['written', 'answered', 'owner', 'severity', 'closed', 'reopened'] as const;

/** POLICY §5.4: to one of our people, what came of an answer to a notification; it can be answered. */
export type StaffAnswerLetter = {
  readonly why: (typeof staffAnswerResults)[number];
  readonly number: CaseNumber;
  readonly title: string;
  readonly done: readonly WorkDone[];
  /** When it goes out, or went. */
  readonly goesAt: string | null;
  /** What goes out has words of the engineer; else it is the question alone. */
  readonly hasText: boolean;
  /** Whoever answers what nobody has, has it. */
  readonly takes: boolean;
  /** What was attached went nowhere. */
  readonly filesStay: boolean;
  /** Days after the close within which a reply reopens (§6.2). */
  readonly days: number;
  /** Of the desk. */
  readonly timezone: string;
  readonly refusal: WorkRefused | null;
  /** What could not be read, and the command that it may have been. */
  readonly line: string | null;
  readonly near: string | null;
  readonly owner: string | null;
  /** On the case since the notification, oldest first. */
  readonly since: readonly { readonly what: (typeof sinceNotice)[number]; readonly who: string; readonly at: string }[];
  /** What was written and did not go out. */
  readonly text: string;
  /** Whether `SEND` lets it go, and with it the commands that stood above it. */
  readonly send: 'now' | 'once-open' | null;
  readonly words: readonly string[];
};

/** POLICY §3.r6: to one of our people who has written to us without answering a notification: how cases are worked on by mail. */
type WorkByMail = {
  readonly title: string;
  /** That the mail points to; null where it points to none. */
  readonly case: CaseNumber | null;
  /** The commands that give them the case, and show the mail. */
  readonly assign: string;
  readonly command: string;
};

/** POLICY §5: what a person of ours writes to the customer, with the name of that person. */
type CaseMessage = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly text: string;
  readonly name: string;
};

/**
 * POLICY §4.2: `asked` by us, `noted` where the customer has proposed it; `from` stays where it is not agreed to, or where we asked as
 * nobody could be reached, and they have written (`reached`), or once the case is of a kind that counts by rules of its own (`kind`).
 */
export const proposalSteps = ['asked', 'noted', 'declined', 'expired', 'reached', 'kind'] as const;
type SeverityProposal = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly how: (typeof proposalSteps)[number];
  readonly from: Severity;
  readonly to: Severity;
  readonly until: string;
  readonly timezone: string;
  readonly phone: string | null;
};

/** POLICY §5.5: who of ours has it now; null where nobody is named. `plan` is what is done, until that day. */
type CaseEscalated = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly level: 1 | 2;
  readonly name: string | null;
  readonly plan: string | null;
  readonly until: string | null;
};

/** POLICY §5: `number` goes on, `other` was merged into it; `undone`: `number` is a case of its own again. */
type CaseMerged = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly other: CaseNumber;
  readonly undone: boolean;
};

/** To whoever wrote what has become a case of its own. */
type CaseSplit = { readonly number: CaseNumber; readonly title: string; readonly from: CaseNumber };

/** POLICY §5.2: what was decided of a defect or a request; `filed`: a preview goes on as a change request (§4.5). Null: nothing yet, or no id. */
export const caseProgress = ['planned', 'resolved', 'declined', 'filed'] as const;
type CaseProgress = {
  readonly why: (typeof caseProgress)[number];
  readonly number: CaseNumber;
  readonly title: string;
  readonly kind: CaseKind;
  readonly reference: string | null;
  readonly planned: string | null;
  readonly resolvedIn: string | null;
  /** Of the person who says so; null where nobody is named. */
  readonly name: string | null;
};

/** POLICY §5.3: why the contract does not cover it; `other` is said in the words of whoever decided so. */
export const outsideScope = ['customisation', 'third-party', 'virtual-environment', 'other'] as const;
type OutOfScope = {
  readonly why: (typeof outsideScope)[number];
  readonly words: string;
  readonly number: CaseNumber;
  readonly title: string;
  /** What the operator offers instead. */
  readonly offers: readonly { readonly text: string; readonly link: string }[];
  readonly name: string | null;
};

/** POLICY §11.8: what is wrong, goes on or is over, to those who hear of trouble. `why` is what another program said. */
export type Alert = {
  readonly causes: readonly {
    readonly cause: string;
    readonly subject: string;
    readonly state: 'begun' | 'goes-on' | 'over';
    readonly since: string;
    readonly count: number;
    readonly why: string | null;
  }[];
  readonly link: string;
};

/** `postern doctor --letter`, in every language that there is. `server` is the host that takes our letters. */
type TestLetter = { readonly support: string; readonly server: string };

/** To one of our people, in the language of the desk. `device` is what asked for it, `host` where it is typed. */
type SignInCode = {
  readonly code: string;
  readonly minutes: number;
  readonly device: string;
  readonly host: string;
};

/** What a code stands for (POLICY §11.2), as the letter names it. */
export const confirmedKinds = [
  ...(['PIN', 'senders', 'PIN PRIVILEGED', 'privileged-pin', 'contacts', 'hand-over', 'access'] as const),
] as const;
export type ConfirmedKind = (typeof confirmedKinds)[number];

/** POLICY §11.2: asks back before what shows a PIN or changes access. */
type ConfirmCode = {
  readonly act: ConfirmedKind;
  readonly siteName: string;
  readonly code: string;
  readonly hours: number;
  /** Told of where a privileged PIN is asked for or used. */
  readonly case: CaseNumber | null;
  /** What is asked for about people, as somebody would type it, line by line. */
  readonly lines: readonly string[] | null;
};

/** POLICY §7 `PIN`. */
type CommandPin = { readonly siteName: string; readonly site: SiteNumber; readonly pin: string };

type AtCase = {
  readonly siteName: string;
  readonly site: SiteNumber;
  readonly case: CaseNumber;
  readonly until: string;
  readonly timezone: string;
};

/** POLICY §1: to the person it is issued to. */
type PrivilegedPin = AtCase & { readonly pin: string };

/** POLICY §1: tells the primary of a use, by whose PIN and until when; without the PIN. */
type PrivilegedPinUsed = AtCase & { readonly contact: string };

/** POLICY §3.r7: confirms to its owner that a PIN which came by mail is used. */
type PrivilegedPinAccepted = AtCase;

export type CaseInList = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly severity: Severity;
  /** The first response is owed by then; null where it was given, or the clock stands. */
  readonly due: string | null;
  /** What of the customer it waits for: whether a solution is one, whether they agree to a severity, or an answer. */
  readonly waitsFor: 'solution' | 'severity' | 'answer' | null;
};

/** POLICY §7 `CASES`. `more` were left out. */
type CommandCases = {
  readonly siteName: string;
  readonly cases: readonly CaseInList[];
  readonly more: number;
  readonly timezone: string;
};

/** Kinds of `case_events` that a customer is told; others are left out of the letter. */
export const toldEvents = [
  'opened',
  'updated',
  'reopened',
  'closed',
  'followed-up',
  'clock-stopped',
  'severity-changed',
] as const;

/** POLICY §7 `STATUS`. Instants are ISO 8601. */
type CommandStatus = CaseInList & {
  /** The number that was asked for, where it was merged into this one. */
  readonly asked: CaseNumber | null;
  /** The case that this one was merged into, and which the reader may not see. */
  readonly mergedInto: CaseNumber | null;
  /** Since when a proposed solution waits for their word. */
  readonly proposedAt: string | null;
  readonly waits: { readonly since: string; readonly until: string | null } | null;
  /** A severity that one side has proposed. */
  readonly proposal: Proposal | null;
  /** A word of theirs confirms a solution and agrees to a severity. */
  readonly mayAnswer: boolean;
  readonly reference: string | null;
  readonly planned: string | null;
  readonly resolvedIn: string | null;
  readonly status: 'open' | 'closed';
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly timezone: string;
  /** The last ones, newest first. */
  readonly events: readonly { readonly kind: (typeof toldEvents)[number]; readonly at: string }[];
  /** As in an acknowledgement. */
  readonly link: string;
};

export const changes = ['was-closed', 'reopened', 'was-open', 'reopened-by'] as const;

/**
 * POLICY §7 `REOPEN`, and `CLOSE` where there was nothing to close; `was-` is how the case stood already. `reopened-by`: to the others who
 * take part.
 */
type CommandChanged = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly now: (typeof changes)[number];
  /** Who has reopened it, for the others; null where nobody is to be named. */
  readonly who: string | null;
  /** Days after the close within which a reply reopens (§6.2). */
  readonly days: number;
};

/** POLICY §6.1: what our people propose, or think that they have done, and the question whether it is solved. */
type SolutionProposed = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly text: string | null;
  /** Of who proposes it. */
  readonly name: string;
};

/** POLICY §6.1: asks once more. `closes`: the case is closed then, where the operator has turned that on. */
type SolutionReminder = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly proposedAt: string;
  readonly closes: string | null;
  readonly timezone: string;
};

/** POLICY §6.1: asks once more for what was asked last, `since` then; null where nobody has written it, or nobody of that name is ours. */
type WaitReminder = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly since: string;
  readonly text: string | null;
  readonly name: string | null;
  readonly timezone: string;
};

/**
 * `solved`: they have said so. `ours`: by our people. `silence`: nobody has answered what was proposed. `-by`: somebody else has, to the
 * others who take part.
 */
export const closings = ['asked', 'solved', 'ours', 'silence', 'asked-by', 'solved-by'] as const;

/** POLICY §6.1: says that a case is closed, and asks whoever wanted it how it was. */
export type CaseClosed = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly how: (typeof closings)[number];
  /** Who has closed it, for the others; null where nobody is to be named. */
  readonly who: string | null;
  /** What was decided, in the words of our people. */
  readonly text: string | null;
  /** As in `CommandChanged`. */
  readonly days: number;
  /** The page on which they say how it was; `satisfactionToCome` in it stands for its token. Null: not asked. */
  readonly link: string | null;
};

/** Stands for the token of the page, which is made of the letter's number. It holds a NUL, which no link does. */
export const satisfactionToCome = '\u0000satisfaction';

/** POLICY §4.2: confirms what a reply has made of the severity, or says why it stays. */
type SeveritySet = {
  readonly number: CaseNumber;
  readonly title: string;
  readonly severity: Severity;
  readonly from: Severity;
  /** Why it is not what was asked for. */
  /** As our people say what kind of case it is: nobody has asked for it. */
  readonly byUs: boolean;
  readonly kept: 'trial' | 'preview' | 'provisional caller' | 'grace' | null;
  readonly preview: boolean;
  /** The deadline of the first response, and what it was; null where it stays as it is, or the clock stands. */
  readonly due: string | null;
  readonly before: string | null;
  /** Nothing is left of the time, which has been counted since the case was opened (§4.6). */
  readonly owed: boolean;
  readonly timezone: string;
  /** As in the acknowledgement: for severity 1. */
  readonly phone: string | null;
};

/** POLICY §7 `LICENCES`, as it stands on the day of the command. `daysLeft` is null without an end, negative behind it. */
type CommandLicences = {
  readonly siteName: string;
  readonly site: SiteNumber;
  readonly covered: boolean;
  readonly licences: readonly {
    readonly number: string;
    readonly serviceTag: string | null;
    readonly product: string;
    readonly kind: 'user' | 'support' | 'trial';
    readonly quantity: number;
    readonly endsOn: string | null;
    readonly daysLeft: number | null;
  }[];
  readonly plans: readonly {
    readonly kind: 'standard' | '24x7' | 'premier';
    readonly endsOn: string;
    readonly daysLeft: number;
  }[];
  /** Who is written to about what is wrong in it. */
  readonly renewals: string;
};

/** A plan that stands on record, to its last day. */
type PlanShown = { readonly kind: PlanKind; readonly endsOn: string };

/** POLICY §7 `UPGRADE`: what becomes of the wish. `plans` are those that count today. */
type UpgradeRequestedLetter = {
  readonly siteName: string;
  readonly site: SiteNumber;
  readonly plan: PlanKind;
  readonly plans: readonly PlanShown[];
  /** They have it already. */
  readonly has: boolean;
  /** Premier counts beside a standard or 24x7 only, and none is there (§1). */
  readonly lacksBase: boolean;
  /** Where the renewal team is written to. */
  readonly renewals: string;
  /** As in `SupportLapsed`. */
  readonly teamKnows: boolean;
};

/** Why a line about a person of a site was not done (POLICY §1, §8.8). `alone`: it has to be the only one of its mail. */
export const personRefusals = [
  'no-right',
  'known-already',
  'has-primary',
  'fifth-secondary',
  'more-than-own',
  'unknown-address',
  'twice',
  'needs-primary',
  'only-the-primary',
  'is-so',
  'too-many',
  'alone',
  'too-long',
  'not-understood',
] as const;
export type PersonRefused = (typeof personRefusals)[number];

/** What a line about a person came to. */
export type PersonResult = {
  /** `unread`: nobody knows what it asks for; then `name` is the line. */
  readonly kind: 'add' | 'remove' | 'role' | 'privilege' | 'documents' | 'details' | 'unread';
  readonly address: string;
  readonly name: string;
  readonly role: Role | null;
  readonly privilege: PrivilegeName | null;
  /** The level, or `default`; of documents `on` or `off`. */
  readonly value: string | null;
  readonly newAddress: string | null;
  /** What else of the entry becomes otherwise; null takes it away. */
  readonly details: readonly { readonly name: 'name' | keyof ContactDetails; readonly value: string | null }[];
  /** Of a new address: letters that can be ended, and still go elsewhere. */
  readonly stays?: readonly { readonly kind: OptionalKind; readonly address: string }[];
  /** The last day of the access. */
  readonly until: string | null;
  /** Null where it was done, or would have been but for others. */
  readonly why: PersonRefused | null;
};
type OfSite = { readonly siteName: string; readonly site: SiteNumber };

/** To who has asked, to the primary who has not, and to the person that it is about. */
type ContactsChanged = OfSite & {
  /** `confirmed`: to who has said that the list is right. */
  readonly reader: 'asker' | 'primary' | 'person' | 'confirmed';
  /** By name; null: our own people. */
  readonly asker: string | null;
  /** All of it, or none. */
  readonly done: boolean;
  /** Who has to confirm before it is done. */
  readonly waitsFor: string | null;
  readonly lines: readonly PersonResult[];
};
/** To who is put on record. `asker` null: our own people. */
type ContactWelcome = OfSite & {
  readonly name: string;
  readonly role: Role;
  readonly asker: string | null;
  readonly primary: string | null;
  readonly until: string | null;
  readonly support: string;
};
/** To the primary, of somebody whom nothing names any more (POLICY §11.5): the open cases that are theirs now. */
type ContactErased = OfSite & { readonly cases: readonly { readonly case: CaseNumber }[] };
/** POLICY §8.11: what `REGISTER` came to. */
type LicenceRegisteredLetter = OfSite &
  Pick<LicenceShown, 'number' | 'product' | 'kind' | 'quantity' | 'endsOn'> & {
    readonly serviceTag: string | null;
    /** By an earlier request: the day stays. */
    readonly already: boolean;
    readonly registeredOn: string;
    /** The words of other commands; null where the reader may not use them. */
    readonly pin: string | null;
    readonly list: string | null;
  };
/** POLICY §11.7: asked for, or by itself for what is new or renewed. */
type ProofOfEntitlement = OfSite &
  Proof & {
    readonly why: 'asked' | 'issued';
    /** The command that asked for it. */
    readonly word: string;
    /** The primary gets it in place of an administrative contact. */
    readonly stands: boolean;
  };
/** POLICY §11.7: to the primary; `open` are those that are not registered. */
type LicenceIssued = OfSite & {
  readonly licences: readonly LicenceShown[];
  readonly open: readonly LicenceShown[];
  readonly word: string;
  readonly support: string;
};
/** POLICY §11.7: they wrote, and their privileges do not include to open and to answer cases. */
type MayOnlyFollow = OfSite & {
  /** The one that they have answered. */
  readonly case: CaseNumber | null;
  /** Else they do not even see cases. */
  readonly follows: boolean;
  readonly address: string;
  /** What they lack, as it is written in a command. */
  readonly privilege: string;
  readonly phone: string | null;
};
/** POLICY §7 `USERS`, `CONTACTS`: the first ones, all of them beside it as a table. */
type ContactsList = OfSite & {
  readonly total: number;
  readonly counts: readonly { readonly role: Role; readonly count: number }[];
  readonly people: readonly {
    readonly name: string;
    readonly address: string;
    readonly role: Role;
    readonly privileges: readonly { readonly name: PrivilegeName; readonly value: string }[];
    /** Letters that they have ended. */
    readonly ended: readonly OptionalKind[];
    readonly lastSeen: string | null;
  }[];
  readonly more: number;
  readonly timezone: string;
  /** There is none, and one is recommended (POLICY §9). */
  readonly lacksSecondary: boolean;
  /** When somebody there last said that it is right; and whether the reader may. */
  readonly confirmedAt: string | null;
  readonly mayConfirm: boolean;
  /** The entry of the reader, to be corrected by an answer. */
  readonly own: {
    readonly name: string;
    readonly address: string;
    readonly details: readonly { readonly name: keyof ContactDetails; readonly value: string | null }[];
    /** Letters that can be ended, and that they get. */
    readonly letters: readonly OptionalKind[];
  } | null;
};

type ListedRole = { readonly name: string; readonly address: string; readonly role: Role };
/** POLICY §9: to the primary once a month, all of them beside it as a table. `month` is ISO, such as `2026-12`. */
type ContactsMonthly = OfSite & {
  readonly month: string;
  readonly total: number;
  /** `missing`: what is not on record of them; `unreached`: letters to them come back. */
  readonly people: readonly (ListedRole & {
    readonly missing: readonly MandatoryField[];
    readonly unreached: boolean;
  })[];
  readonly more: number;
  /** So many have something missing. */
  readonly incomplete: number;
  readonly lacksSecondary: boolean;
};
/** POLICY §8.10: who may open cases. `reminder`: it was asked so often before. */
type ContactsQuarterly = OfSite & {
  readonly total: number;
  readonly people: readonly (ListedRole & { readonly lastSeen: string | null })[];
  readonly more: number;
  readonly reminder: number;
  readonly timezone: string;
};
/** What an answer about who stays has done; `open` waits for one still. */
type ContactsAttested = OfSite & {
  readonly kept: number;
  readonly removed: readonly string[];
  readonly refused: readonly {
    readonly address: string;
    readonly why: 'unknown-address' | 'needs-primary' | 'no-right';
  }[];
  readonly open: readonly string[];
  /** So many more are open. */
  readonly more: number;
};
/** POLICY §9: letters to that address come back. */
type ContactUnreached = OfSite & { readonly name: string; readonly address: string };
type Welcome = OfSite & { readonly support: string; readonly access: string | null };
/** POLICY §9 "New site": to the primary. `technical`: who else is welcomed. */
type SiteWelcome = Welcome & {
  readonly pin: string | null;
  readonly licences: readonly { readonly number: string; readonly product: string; readonly kind: LicenceKind }[];
  readonly more: number;
  readonly technical: readonly string[];
};
/** The same, to technical contacts. `country` as ISO 3166 has it. */
type TechnicalWelcome = Welcome & { readonly country: string; readonly primary: string | null };

/** POLICY §7 `HELP`: what this person may do. `words` are the commands in the letter's language. */
type CommandHelp = {
  readonly commands: readonly { readonly name: string; readonly word: string }[];
  /** A contact of several sites names one behind the command. */
  readonly several: boolean;
  readonly support: string;
};

export const refusals = [
  'no-right',
  'which-site',
  'no-such-case',
  'name-the-case',
  'no-pin',
  'reply-to-case',
  'case-closed',
  'answer-the-case',
  'own-case',
  'severity-is-so',
  'severity-not-allowed',
  'preview-not-escalated',
  'escalated-already',
  'reopened-often',
  'address-doubtful',
  'privileged-pin-over',
  'code-wrong',
  'code-expired',
  'code-used',
  'code-closed',
  'code-ask-again',
  'which-plan',
  'which-licence',
  'no-such-licence',
] as const;

/** POLICY §7: why a command was not done. */
export type CommandRefused = {
  readonly why: (typeof refusals)[number];
  /** The word as it is known in the letter's language. */
  readonly word: string;
  readonly sites: readonly { readonly number: SiteNumber; readonly name: string }[];
  /** Tries that are left, where the code was wrong. */
  readonly left: number;
  /** The plan that a name is nearest to; null where it is near none. */
  readonly meant: PlanKind | null;
};

export type Letter =
  | { readonly template: 'confirm-code'; readonly values: ConfirmCode }
  | { readonly template: 'work-by-mail'; readonly values: WorkByMail }
  | { readonly template: 'command-pin'; readonly values: CommandPin }
  | { readonly template: 'privileged-pin'; readonly values: PrivilegedPin }
  | { readonly template: 'privileged-pin-used'; readonly values: PrivilegedPinUsed }
  | { readonly template: 'privileged-pin-accepted'; readonly values: PrivilegedPinAccepted }
  | { readonly template: 'command-cases'; readonly values: CommandCases }
  | { readonly template: 'command-status'; readonly values: CommandStatus }
  | { readonly template: 'command-changed'; readonly values: CommandChanged }
  | { readonly template: 'severity-set'; readonly values: SeveritySet }
  | { readonly template: 'solution-proposed'; readonly values: SolutionProposed }
  | { readonly template: 'solution-reminder'; readonly values: SolutionReminder }
  | { readonly template: 'wait-reminder'; readonly values: WaitReminder }
  | { readonly template: 'case-closed'; readonly values: CaseClosed }
  | { readonly template: 'command-licences'; readonly values: CommandLicences }
  | { readonly template: 'upgrade-requested'; readonly values: UpgradeRequestedLetter }
  | { readonly template: 'licence-registered'; readonly values: LicenceRegisteredLetter }
  | { readonly template: 'proof-of-entitlement'; readonly values: ProofOfEntitlement }
  | { readonly template: 'licence-issued'; readonly values: LicenceIssued }
  | { readonly template: 'contacts-list'; readonly values: ContactsList }
  | { readonly template: 'contacts-changed'; readonly values: ContactsChanged }
  | { readonly template: 'contact-welcome'; readonly values: ContactWelcome }
  | { readonly template: 'contact-erased'; readonly values: ContactErased }
  | AccessLetter
  | SubscriptionLetter
  | RenewalLetter
  | AnnouncementLetter
  | { readonly template: 'contacts-monthly'; readonly values: ContactsMonthly }
  | { readonly template: 'contacts-quarterly'; readonly values: ContactsQuarterly }
  | { readonly template: 'contact-unreached'; readonly values: ContactUnreached }
  | { readonly template: 'contacts-attested'; readonly values: ContactsAttested }
  | { readonly template: 'site-welcome'; readonly values: SiteWelcome }
  | { readonly template: 'technical-welcome'; readonly values: TechnicalWelcome }
  | { readonly template: 'command-help'; readonly values: CommandHelp }
  | { readonly template: 'command-refused'; readonly values: CommandRefused }
  | { readonly template: 'acknowledgement'; readonly values: Acknowledgement }
  | { readonly template: 'opened-summary'; readonly values: OpenedSummary }
  | { readonly template: 'neutral-receipt'; readonly values: NeutralReceipt }
  | { readonly template: 'security-receipt'; readonly values: SecurityReceipt }
  | { readonly template: 'care-receipt'; readonly values: CareReceipt }
  | { readonly template: 'pin-needed'; readonly values: PinNeeded }
  | { readonly template: 'may-only-follow'; readonly values: MayOnlyFollow }
  | { readonly template: 'answer-not-understood'; readonly values: AnswerNotUnderstood }
  | { readonly template: 'added-to-case'; readonly values: AddedToCase }
  | { readonly template: 'reply-received'; readonly values: ReplyReceived }
  | { readonly template: 'support-lapsed'; readonly values: SupportLapsed }
  | { readonly template: 'staff-notice'; readonly values: StaffNotice }
  | { readonly template: 'case-notice'; readonly values: CaseNotice }
  | { readonly template: 'staff-answer'; readonly values: StaffAnswerLetter }
  | { readonly template: 'case-message'; readonly values: CaseMessage }
  | { readonly template: 'severity-proposal'; readonly values: SeverityProposal }
  | { readonly template: 'case-escalated'; readonly values: CaseEscalated }
  | { readonly template: 'case-left'; readonly values: AddedToCase }
  | { readonly template: 'case-merged'; readonly values: CaseMerged }
  | { readonly template: 'case-split'; readonly values: CaseSplit }
  | { readonly template: 'case-progress'; readonly values: CaseProgress }
  | { readonly template: 'out-of-scope'; readonly values: OutOfScope }
  | { readonly template: 'sender-question'; readonly values: SenderQuestion }
  | { readonly template: 'sender-settled'; readonly values: SenderSettled }
  | { readonly template: 'held-answer'; readonly values: HeldAnswer }
  | { readonly template: 'alert'; readonly values: Alert }
  | { readonly template: 'test-letter'; readonly values: TestLetter }
  | { readonly template: 'sign-in-code'; readonly values: SignInCode };

/** The thread headers of the mail that a letter answers, with angle brackets. */
export type Answers = { readonly messageId: string | null; readonly references: readonly string[] };

export type Addressed = {
  /** The address on record, never the spelling received (MAIL.md §2); for a stranger the one plain From. */
  readonly to: string;
  /** A stranger is not on record: other limits hold, and nothing of their mail may be in the letter. */
  readonly audience: 'contact' | 'stranger' | 'staff';
  /** BCP 47; a missing translation falls back to its base language, then to English. */
  readonly language: string;
  /** What it is about, as a key for the limits: `case:100042`, `mail:17`. Never shown. */
  readonly matter: string;
  readonly case: CaseNumber | null;
  /** Null where the letter answers no mail. */
  readonly answers: Answers | null;
  /** It follows a letter of ours that was answered without new text or command (POLICY §3, loops). */
  readonly followsOwn: boolean;
  /** It is the last one for a while where nothing new comes, and says so. */
  readonly closing?: Closing;
  /** They take part in a case that somebody else has asked for, and are told how to hear no more of it (POLICY §5). */
  readonly howToLeave?: true;
  readonly attachments?: readonly LetterAttachment[];
  /** Goes along as CSV. */
  readonly table?: LetterTable;
  /** Goes along as an entry of a calendar, which has the subject of the letter as its title. */
  readonly calendar?: CalendarEntry;
};

type LetterTable = { readonly filename: string; readonly rows: readonly (readonly string[])[] };

export type LetterAttachment = {
  readonly filename: string;
  /** As in `Content-Type`, with its parameters: `text/calendar; method=PUBLISH; charset=utf-8`. */
  readonly type: string;
  readonly bytes: Uint8Array;
};

/**
 * One of our people may answer it, and work on the case by that (POLICY §3.r6): the signed thread of the letter is the token, and good
 * for whom it was sent to.
 */
export type WorkAsks = {
  readonly kind: 'work';
  readonly case: CaseNumber;
  /** The address that it was sent to. */
  readonly staff: string;
  /** What has happened since is told: when it was written, ISO 8601, and who owned the case. */
  readonly at: string;
  readonly owner: string | null;
  /** The answer that was asked back about: `SEND` lets it go. */
  readonly mail?: MailId;
};

/** Who of a site stays: those asked about in a quarter (POLICY §8.10), or one whose address came back (§9). */
export type AttestAsks = { readonly kind: 'attest'; readonly site: SiteId } & (
  | { readonly period: string; readonly contact?: undefined }
  | { readonly contact: ContactId; readonly period?: undefined }
);

/** What a letter of an act asks for; whoever it went to may answer. */
export type OwnAsks =
  /** Whether the case is solved (§6.1). `yesCounts`: nothing else is asked in it, so that a bare yes is an answer. */
  | { readonly kind: 'solved'; readonly case: CaseNumber; readonly yesCounts: boolean }
  /** How it was, once the case is closed. */
  | { readonly kind: 'satisfaction'; readonly case: CaseNumber }
  | AttestAsks
  /** Whether the list of the people of a site is right (§9). */
  | { readonly kind: 'contacts'; readonly site: SiteId }
  /** Work on the case, of our own people. */
  | WorkAsks
  | SubscriptionAsks
  | AccessAsks
  | RenewalAsks;

/** A letter that answers no mail. */
export type OwnLetter = Letter & Addressed & { readonly asks: OwnAsks | null; readonly fate: Fate };

/** `wait`: until a person releases it (MAIL.md §1.2). */
export type Fate =
  | { readonly kind: 'send' }
  | { readonly kind: 'wait'; readonly why: string }
  | { readonly kind: 'suppress'; readonly why: string; readonly code?: LeftOut };

/** Why an acknowledgement was left out that a letter sums up later. */
export type LeftOut = 'over-limit' | 'after-renewal';
