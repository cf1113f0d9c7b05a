/** What becomes due on a case by the passing of time (POLICY §4, §5, §6). */
import type { OwnChange } from '../../../changes/change.ts';
import type { ActLetter, Given, Gives } from '../../act.ts';
import type { WorkedCase } from '../records.ts';

export type RanOut = { readonly changes: readonly OwnChange[]; readonly letters: readonly ActLetter[] };

export type CaseTimer = {
  readonly name: string;
  readonly gives: Gives;
  /** The moment at which it runs out, ISO 8601; null: never, as the case stands. What it has done stands in the events of the case. */
  dueAt(on: WorkedCase, given: Given): string | null;
  /** What follows. Its changes have to move `dueAt` on, or end it: it is asked again. */
  runOut(on: WorkedCase, given: Given): RanOut;
};
