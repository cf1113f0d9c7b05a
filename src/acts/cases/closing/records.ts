/** A letter that asks how it was, as acts see it. */
import type { SatisfactionAnswer } from '../../../cases/satisfaction.ts';
import type { CaseNumber, LetterId } from '../../../foundation/ids.ts';

export type SatisfactionRecord = {
  readonly letter: LetterId;
  readonly case: CaseNumber;
  /** The row of the case. */
  readonly id: string;
  /** Of the letter. */
  readonly language: string;
  /** ISO 8601. */
  readonly askedAt: string;
  /** Oldest first. */
  readonly answers: readonly SatisfactionAnswer[];
};

export type ClosingNeeds = { readonly satisfaction?: string };
export type ClosingRecords = { readonly satisfaction?: SatisfactionRecord | null };
