/** A letter as a decision plans it, before it is rendered. */
import type { Addressed, Fate, Letter } from '../../outbound/letter.ts';
import type { Asks } from '../facts.ts';

/** `fate` is set last, by the limits on letters. */
export type PlannedLetter = Letter & Addressed & { readonly asks: Asks | null; readonly fate: Fate };
