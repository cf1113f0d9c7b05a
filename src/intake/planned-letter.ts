/** A letter as a decision plans it. */
import type { Addressed, Fate, Letter } from '../outbound/letter.ts';
import type { Asks } from './facts.ts';

/** `fate` is settled last, by the numbers of letters. */
export type PlannedLetter = Letter & Addressed & { readonly asks: Asks | null; readonly fate: Fate };
