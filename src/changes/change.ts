/** Everything that can become otherwise, one union, and what is said of each: its audit row, its event, its sentence, its topic. */
import { type CareChange, careChanges } from './care.ts';
import { type CaseChange, caseChanges } from './case.ts';
import { type LetterChange, letterChanges } from './letter.ts';
import { type MailChange, mailChanges } from './mail.ts';
import type { AuditCell, ChangeRow, EventCell } from './row.ts';
import { type SenderChange, senderChanges } from './sender.ts';

export type Change = CaseChange | LetterChange | MailChange | SenderChange | CareChange;

export const changeRows = {
  ...caseChanges,
  ...letterChanges,
  ...mailChanges,
  ...senderChanges,
  ...careChanges,
} as const satisfies {
  [kind in Change['kind']]: ChangeRow<Extract<Change, { kind: kind }>>;
};

const rowOf = (change: Change): ChangeRow<Change> => changeRows[change.kind] as unknown as ChangeRow<Change>;

/** Null where the audit row of another change covers it. */
export function auditOf(change: Change): AuditCell | null {
  const { audit } = rowOf(change);
  return typeof audit === 'function' ? audit(change) : null;
}

export function eventOf(change: Change): EventCell | null {
  const { event } = rowOf(change);
  return typeof event === 'function' ? event(change) : null;
}

export const sentenceOf = (change: Change): string => rowOf(change).says(change);
export const isBatched = (change: Change): boolean => rowOf(change).batched;
