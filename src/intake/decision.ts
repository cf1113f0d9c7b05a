/** What becomes of a mail (POLICY §3), as data. What follows from it is its changes and letters, and nothing is found by its outcome. */
import type { NewCase } from '../changes/case.ts';
import type { Change } from '../changes/change.ts';
import type { Outcome } from '../changes/outcome.ts';

export { idToCome, numberToCome, withNumber } from '../changes/cases/to-come.ts';

import type { CaseNumber, ContactId } from '../foundation/ids.ts';
import type { Grade } from '../mail/parsed-mail.ts';
import type { Entitlement } from '../registry/entitlement.ts';
import type { PlannedLetter } from './letters/planned-letter.ts';

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

export type Decision = {
  readonly outcome: Outcome;
  /** The row of POLICY §3, such as `r14`. */
  readonly rule: string;
  /** One plain sentence. */
  readonly reason: string;
  /** Stands beside the reason: held mail is looked for by it (`mails.reason_code`), never by the sentence. */
  readonly code?: ReasonCode;
  readonly evidence: Evidence;
  /** What becomes otherwise. */
  readonly changes: readonly Change[];
  readonly letters: readonly PlannedLetter[];
};

/** Of a decision by which nothing becomes otherwise. */
export const noChanges: readonly Change[] = Object.freeze([]);

/** The change of that kind, where the decision has one. */
export function changeOf<Kind extends Change['kind']>(
  decision: Decision,
  kind: Kind,
): Extract<Change, { kind: Kind }> | undefined {
  return decision.changes.find((change): change is Extract<Change, { kind: Kind }> => change.kind === kind);
}

/** The case a decision opens, if it does. */
export const opened = (decision: Decision): NewCase | null => changeOf(decision, 'case-opened')?.opens ?? null;
