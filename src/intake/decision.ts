/** Every outcome a mail can have (POLICY §3), one union. A decision is data: what follows from it is written by `flows/apply-decision`. */
import type { CaseKind, Severity } from '../cases/case.ts';
import type { Rating } from '../cases/response-clock.ts';
import type { Change } from '../changes/change.ts';
import type { CaseNumber, ContactId, LetterId, MailId, SiteId } from '../foundation/ids.ts';
import type { Grade } from '../mail/parsed-mail.ts';
import type { Entitlement } from '../registry/entitlement.ts';
import type { CommandName } from './commands.ts';
import type { ConfirmedAct } from './confirmed-act.ts';
import type { PinTries } from './pin-tries.ts';
import type { PlannedLetter } from './planned-letter.ts';
import type { PrivilegedTry } from './privileged-try.ts';
import type { SeverityChange } from './severity-change.ts';

/**
 * Stands for a number that is drawn after the decision and before the transaction. It holds a NUL, which no string of a mail
 * does (foundation/clean-text): a subject cannot say it.
 */
export const numberToCome = '\u0000new' as CaseNumber;

export type NewCase = {
  readonly site: SiteId;
  readonly title: string;
  readonly severity: Severity;
  readonly kind: CaseKind;
  readonly openedAt: string;
  readonly contact: ContactId | null;
  /** Where its letters go. */
  readonly contactAddress: string;
  readonly language: string;
  readonly product: string | null;
  readonly version: string | null;
  readonly provisional: boolean;
  readonly underCovered: boolean;
  readonly due: string;
  /** What the clock was started by (§4.6). */
  readonly rating: Rating;
  readonly report: Readonly<Record<string, string>>;
  /** The case that the mail named by its bare number; it goes on as it is. */
  readonly linked: CaseNumber | null;
};

/** What was known when it was decided. People stand here by id (§11.5). */
export type Evidence = {
  readonly grade: Grade;
  readonly gradeReason: string;
  readonly pin: string | null;
  readonly site: string | null;
  readonly contact: ContactId | null;
  readonly role: string | null;
  readonly contract: Entitlement | null;
  /** The case the mail points to, and by what. */
  readonly thread: { readonly case: CaseNumber; readonly by: string } | null;
  readonly recipient: string | null;
  readonly messageIdUsedBefore: boolean;
  readonly note?: string;
  /** Client care answers by then (§3.r13a). */
  readonly due?: string;
};

/** Reasons within an outcome that people and the end of its time look for by themselves. */
export const reasonCodes = ['spam', 'blocked', 'pin-guessing'] as const;
export type ReasonCode = (typeof reasonCodes)[number];

type Common = {
  /** The row of POLICY §3, such as `r14`. */
  readonly rule: string;
  /** One plain sentence. */
  readonly reason: string;
  readonly code?: ReasonCode;
  readonly evidence: Evidence;
  readonly letters: readonly PlannedLetter[];
  /** What becomes otherwise, beside what the outcome itself stands for. */
  readonly changes?: readonly Change[];
  /** PINs that somebody not on record has tried with this mail, to be counted. */
  readonly pinTries?: PinTries;
  /** A privileged PIN that was named and not used: our people are told. */
  readonly privilegedTry?: PrivilegedTry;
};

export type Returned = {
  readonly letter: LetterId;
  readonly address: string;
  readonly kind: 'hard' | 'soft' | 'delayed' | 'delivered' | 'complaint';
  readonly diagnostic: string;
  readonly contact: ContactId | null;
  readonly unreachable: boolean;
};

/** What of a command in a reply goes on the case. */
type Besides = {
  readonly case: CaseNumber | null;
  /** The text beside the command; null where there is none. */
  readonly adds: string | null;
  readonly reopens: boolean;
};

export type Decision = Common &
  (
    | { readonly outcome: 'duplicate'; readonly of: MailId; readonly case: CaseNumber | null }
    | { readonly outcome: 'held-unreadable' }
    | { readonly outcome: 'bounce-recorded'; readonly returned: readonly Returned[] }
    | { readonly outcome: 'machine-recorded'; readonly case: CaseNumber | null }
    | { readonly outcome: 'held-unauthenticated' }
    | {
        readonly outcome: 'answer-settled';
        readonly settles: 'missing-pin';
        readonly letter: LetterId;
        readonly original: MailId;
        readonly opens: NewCase | null;
        readonly originalOutcome: 'case-opened' | 'support-lapsed';
      }
    | {
        /** `NEW`: what was added to a case by its bare number is taken off into one of its own. */
        readonly outcome: 'answer-settled';
        readonly settles: 'own-case';
        readonly letter: LetterId;
        readonly original: MailId;
        readonly opens: NewCase;
        readonly originalOutcome: 'case-opened';
        readonly from: CaseNumber;
      }
    | {
        readonly outcome: 'answer-settled';
        readonly settles: 'senders';
        readonly letter: LetterId;
        /** Those that this mail is the first to answer. */
        readonly answers: readonly { readonly question: string; readonly answer: 'yes' | 'once' | 'no' }[];
      }
    | {
        readonly outcome: 'answer-settled';
        readonly settles: 'confirmation';
        readonly letter: LetterId;
        /** The mail that asked for the act. */
        readonly original: MailId;
        readonly originalOutcome: 'command-done' | 'command-refused' | 'answer-settled' | 'privileged-pin-used';
        readonly act: ConfirmedAct;
        /** The case that a privileged PIN is for. */
        readonly case?: CaseNumber | null;
        /** The privileged PIN that is used, by the id of its row. */
        readonly uses?: string;
        /** Answers about senders that are to be carried out. */
        readonly answers?: readonly { readonly question: string; readonly answer: 'yes' | 'once' | 'no' }[];
      }
    | (Besides & {
        readonly outcome: 'privileged-pin-used';
        /** The id of its row. */
        readonly uses: string;
      })
    | (Besides & {
        readonly outcome: 'command-done';
        readonly command: CommandName;
      })
    | (Besides & {
        readonly outcome: 'command-refused';
        /** Null where it was a code. */
        readonly command: CommandName | null;
        /** Questions that this counts as a wrong code against (§11.2). */
        readonly wrongCodes: readonly LetterId[];
      })
    | (Besides & {
        readonly outcome: 'confirmation-asked';
        readonly command: CommandName | null;
        readonly act: ConfirmedAct;
      })
    | {
        readonly outcome: 'case-updated';
        readonly case: CaseNumber;
        readonly nowLapsed: boolean;
        readonly fillsIn: Readonly<Record<string, string>>;
        readonly rerates?: SeverityChange;
      }
    | { readonly outcome: 'case-reopened'; readonly case: CaseNumber; readonly rerates?: SeverityChange }
    | { readonly outcome: 'case-followed-up'; readonly follows: CaseNumber; readonly opens: NewCase }
    | { readonly outcome: 'held-stranger-on-case'; readonly case: CaseNumber }
    | { readonly outcome: 'renewal-answered' }
    | { readonly outcome: 'vulnerability-recorded' }
    | {
        readonly outcome: 'care-recorded';
        /** Client care answers by then. */
        readonly due: string;
      }
    | { readonly outcome: 'case-opened'; readonly opens: NewCase }
    | { readonly outcome: 'support-lapsed'; readonly site: SiteId }
    | { readonly outcome: 'held-unregistered'; readonly site: SiteId }
    /** `question`: the letter that asked, which waits on for its answer. */
    | { readonly outcome: 'answer-not-understood'; readonly question: LetterId }
    | { readonly outcome: 'held-pin-needed' }
    | { readonly outcome: 'held-unknown' }
  );

export type Outcome = Decision['outcome'];

export const outcomes = [
  'duplicate',
  'held-unreadable',
  'bounce-recorded',
  'machine-recorded',
  'held-unauthenticated',
  'answer-settled',
  'privileged-pin-used',
  'command-done',
  'command-refused',
  'confirmation-asked',
  'case-updated',
  'case-reopened',
  'case-followed-up',
  'held-stranger-on-case',
  'renewal-answered',
  'vulnerability-recorded',
  'care-recorded',
  'case-opened',
  'support-lapsed',
  'held-unregistered',
  'answer-not-understood',
  'held-pin-needed',
  'held-unknown',
] as const satisfies readonly Outcome[];

/** Outcomes that a mail can have, with that of one which a person, or the end of its time, has refused (§3 "Held mail"). */
export const mailOutcomes = [...outcomes, 'refused'] as const;

/** Puts the drawn case number wherever the decision speaks of the case that it opens. */
export function withNumber(decision: Decision, number: CaseNumber): Decision {
  // What speaks of no number stays the object it is: a decision is some hundred of them.
  const put = (value: unknown): unknown => {
    if (typeof value === 'string') return value.includes(numberToCome) ? value.replaceAll(numberToCome, number) : value;
    if (value === null || typeof value !== 'object') return value;
    let changed: Record<string, unknown> | unknown[] | null = null;
    for (const key of Object.keys(value)) {
      const inner = (value as Record<string, unknown>)[key];
      const now = put(inner);
      if (now === inner) continue;
      changed ??= Array.isArray(value) ? [...value] : { ...value };
      (changed as Record<string, unknown>)[key] = now;
    }
    return changed ?? value;
  };
  return put(decision) as Decision;
}

/** The case a decision opens, if it does. */
export function opened(decision: Decision): NewCase | null {
  return 'opens' in decision ? decision.opens : null;
}
