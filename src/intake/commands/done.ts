import type { Change } from '../../changes/change.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';

/** What has become of a command, or of what a code has confirmed. */
export type Done = {
  readonly kind: 'done' | 'refused';
  /** One plain sentence. */
  readonly reason: string;
  readonly letters: readonly PlannedLetter[];
  /** The case on which it is shown. */
  readonly case?: CaseNumber;
  readonly changes?: readonly Change[];
  /** Somebody else has to bring a code first. */
  readonly waits?: true;
};
