/** The interface by which flows turn a letter into its finished bytes; `runtime/` implements it with the templates and the settings. */
import type { Addressed, Letter } from '../../outbound/letter.ts';

type FinishedLetter = {
  readonly subject: string;
  /** The text part, as it is shown on the case; without the secrets that are made with the letter. */
  readonly text: string;
  readonly messageId: string;
  /** `''` is the null sender. */
  readonly envelopeFrom: string;
  readonly raw: Uint8Array;
};

/** `id` is the letter's row, `at` the moment it is written (ISO 8601). The same input gives the same bytes. */
export type LetterBuilder = {
  finish(
    letter: Letter & Addressed & { readonly asks?: { readonly kind: string } | null },
    given: { id: string; at: string },
  ): Promise<FinishedLetter>;
};
