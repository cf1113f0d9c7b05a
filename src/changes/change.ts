/** Everything that can become otherwise, one union, and what is said of each: its audit row, its event, its sentence, its topic. */
import { type CaseChange, caseChanges } from './case.ts';
import { type CodeChange, codeChanges } from './code.ts';
import { type ContactChange, contactChanges } from './contact.ts';
import { type LetterChange, letterChanges } from './letter.ts';
import { type PinChange, pinChanges } from './pin.ts';
import { type PrivilegedPinChange, privilegedPinChanges } from './privileged-pin.ts';
import type { AuditCell, ChangeRow, EventCell } from './row.ts';

export type Change = CaseChange | LetterChange | PinChange | PrivilegedPinChange | CodeChange | ContactChange;
/** One kind of change. */
export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;

export const changeRows = {
  ...caseChanges,
  ...letterChanges,
  ...pinChanges,
  ...privilegedPinChanges,
  ...codeChanges,
  ...contactChanges,
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
