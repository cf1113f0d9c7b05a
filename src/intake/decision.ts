/** Every outcome a mail can have (POLICY §3), one union. A decision is data: what follows from it is written by `flows/intake/apply-decision`. */
import type { NewCase } from '../changes/case.ts';
import type { Change } from '../changes/change.ts';
import type { Outcome } from '../changes/outcome.ts';
import type { CaseNumber, ContactId, LetterId, MailId, SiteId } from '../foundation/ids.ts';
import type { Grade } from '../mail/parsed-mail.ts';
import type { Entitlement } from '../registry/entitlement.ts';
import type { CommandName } from './commands/commands.ts';
import type { PlannedLetter } from './letters/planned-letter.ts';
import type { ConfirmedAct } from './questions/confirmed-act.ts';

/**
 * Stands for a number that is drawn after the decision and before the transaction. It holds a NUL, which no string of a mail
 * does (foundation/clean-text): a subject cannot say it.
 */
export const numberToCome = '\u0000new' as CaseNumber;
/** The same of the row of that case. */
export const idToCome = '\u0000id';

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
  /** What becomes otherwise. */
  readonly changes?: readonly Change[];
};

/** Outcomes that say more than their changes do. */
type WithMore =
  | 'answer-settled'
  | 'command-done'
  | 'command-refused'
  | 'confirmation-asked'
  | 'care-recorded'
  | 'support-lapsed'
  | 'held-unregistered'
  | 'answer-not-understood';

export type Decision = Common &
  (
    | { readonly outcome: Exclude<Outcome, WithMore> }
    | {
        readonly outcome: 'answer-settled';
        readonly settles: 'missing-pin';
        readonly letter: LetterId;
        readonly original: MailId;
        readonly originalOutcome: 'case-opened' | 'support-lapsed';
      }
    | {
        /** `NEW`: what was added to a case by its bare number is taken off into one of its own. */
        readonly outcome: 'answer-settled';
        readonly settles: 'own-case';
        readonly letter: LetterId;
        readonly original: MailId;
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
        /** Answers about senders that are to be carried out. */
        readonly answers?: readonly { readonly question: string; readonly answer: 'yes' | 'once' | 'no' }[];
      }
    | { readonly outcome: 'command-done'; readonly command: CommandName }
    /** Null where it was a code. */
    | { readonly outcome: 'command-refused'; readonly command: CommandName | null }
    | {
        readonly outcome: 'confirmation-asked';
        readonly command: CommandName | null;
        readonly act: ConfirmedAct;
      }
    | {
        readonly outcome: 'care-recorded';
        /** Client care answers by then. */
        readonly due: string;
      }
    | { readonly outcome: 'support-lapsed'; readonly site: SiteId }
    | { readonly outcome: 'held-unregistered'; readonly site: SiteId }
    /** `question`: the letter that asked, which waits on for its answer. */
    | { readonly outcome: 'answer-not-understood'; readonly question: LetterId }
  );

/** Puts what was drawn wherever the decision speaks of the case that it opens. */
export function withNumber(decision: Decision, number: CaseNumber, id = idToCome): Decision {
  // What speaks of neither stays the object it is: a decision is some hundred of them.
  const put = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (!value.includes('\u0000')) return value;
      return value === idToCome ? id : value.replaceAll(numberToCome, number);
    }
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

/** The change of that kind, where the decision has one. */
export function changeOf<Kind extends Change['kind']>(
  decision: Decision,
  kind: Kind,
): Extract<Change, { kind: Kind }> | undefined {
  return decision.changes?.find((change): change is Extract<Change, { kind: Kind }> => change.kind === kind);
}

/** The case a decision opens, if it does. */
export const opened = (decision: Decision): NewCase | null => changeOf(decision, 'case-opened')?.opens ?? null;
