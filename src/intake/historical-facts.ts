/** Reconstructs the facts as they were when a mail was decided: removes from those of today what the mail itself and everything later has changed. */
import type { CaseNumber, MailId } from '../foundation/ids.ts';
import type { CaseFacts, Facts, PrivilegedFacts, SenderFacts } from './facts.ts';

/** What the store can tell of that moment. Instants are ISO 8601. */
export type HistoricalRecords = {
  readonly cases: readonly {
    readonly id: string;
    readonly number: string;
    /** There was such a case, and it is not the mail's own. */
    readonly known: boolean;
    /** It was closed or opened again since; where not, it stands as it stood. */
    readonly changedSince: boolean;
    readonly closedThen: string | null;
    readonly reopensToday: number;
    /** What it was before a change that the mail has caused, or that came later; null where it has not changed. */
    readonly severityThen: CaseFacts['severity'] | null;
    readonly participants: readonly string[];
  }[];
  readonly letters: readonly {
    readonly id: string;
    readonly settled: boolean;
    readonly originalOutcome: string | null;
  }[];
  /** Questions about senders that had their answer. */
  readonly answered: readonly string[];
  readonly codes: readonly {
    readonly letter: string;
    readonly expired: boolean;
    readonly closed: 'used' | 'wrong' | null;
  }[];
  readonly privileged: readonly {
    readonly id: string;
    readonly revoked: boolean;
    readonly redeemed: boolean;
    readonly expired: boolean;
  }[];
  readonly history: Facts['history'];
};

type OfMail = {
  readonly id: MailId;
  readonly usedBefore: boolean;
  readonly duplicateOf: string | null;
  /** The code that was written down: whether PINs were locked is known from it alone. */
  readonly code: string | null;
};

const privilegedState = (
  { revoked, redeemed, expired }: HistoricalRecords['privileged'][number],
  today: PrivilegedFacts['state'],
): PrivilegedFacts['state'] => {
  if (revoked) return 'revoked';
  if (expired) return redeemed ? 'used' : 'expired';
  if (today === 'no-right') return today;
  return redeemed ? 'open' : 'good';
};

export function historicalFacts(facts: Facts, then: HistoricalRecords, mail: OfMail): Facts {
  const cases = new Map(then.cases.filter((one) => one.known).map((one) => [one.number, one]));
  const unknown = new Set(then.cases.filter((one) => !one.known).map((one) => one.number));
  const known = (number: CaseNumber | null) => (number !== null && unknown.has(number) ? null : number);
  const letters = new Map(then.letters.map((one) => [one.id, one]));
  const codes = new Map(then.codes.map((one) => [one.letter, one]));
  const pins = new Map(then.privileged.map((one) => [one.id, one]));
  const answered = new Set(then.answered);
  const unanswered = (senders: readonly SenderFacts[]) =>
    senders.map((one) => (answered.has(one.id) ? one : { ...one, answer: null }));
  const { earlier } = facts;
  const guessing = mail.code === 'pin-guessing';
  const isEarlier = earlier !== null && (mail.duplicateOf === earlier.mail || BigInt(earlier.mail) < BigInt(mail.id));
  return {
    ...facts,
    earlier: isEarlier ? { ...earlier, case: known(earlier.case) } : null,
    messageIdUsedBefore: mail.usedBefore,
    answeredMails: facts.answeredMails.map((one) => ({ ...one, case: known(one.case) })),
    // How many wrong PINs there had been is not counted again.
    pinLock: {
      locked: facts.pinLock.locked && guessing,
      silent: facts.pinLock.silent && guessing,
      contact: facts.pinLock.contact === true && guessing,
    },
    cases: facts.cases.flatMap((one) => {
      const was = cases.get(one.number);
      if (!was) return [];
      const { reopensToday, participants } = was;
      const followedUpBy = known(one.followedUpBy);
      const severity = was.severityThen ?? one.severity;
      if (!was.changedSince) return [{ ...one, severity, reopensToday, participants, followedUpBy }];
      const status = was.closedThen === null ? ('open' as const) : ('closed' as const);
      return [{ ...one, severity, status, closedAt: was.closedThen, reopensToday, participants, followedUpBy }];
    }),
    letters: facts.letters.map((one) => {
      const was = letters.get(one.id);
      const { original } = one;
      return {
        ...one,
        settled: was?.settled ?? one.settled,
        ...(one.senders ? { senders: unanswered(one.senders) } : {}),
        original: original && {
          ...original,
          // What `NEW` has taken off since was on the case of its receipt.
          case: known(
            one.asks?.kind === 'own-case' && was?.originalOutcome === 'case-updated' ? one.case : original.case,
          ),
          outcome: was?.originalOutcome ?? original.outcome,
        },
      };
    }),
    confirmations: (facts.confirmations ?? []).map((one) => {
      const was = codes.get(one.letter);
      return {
        ...one,
        ...(was ? { expired: was.expired, closed: was.closed, wrong: was.closed === null ? 0 : one.wrong } : {}),
        ...(one.senders ? { senders: unanswered(one.senders) } : {}),
      };
    }),
    privileged: (facts.privileged ?? []).map((one) => {
      const was = pins.get(one.id);
      return was ? { ...one, state: privilegedState(was, one.state) } : one;
    }),
    history: then.history,
  };
}
