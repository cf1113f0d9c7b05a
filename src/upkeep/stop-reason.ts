/** Why somebody stops something for everybody: in words, and no more than a line or two of them, for all who look read it. */
import { cleanLine } from '../foundation/clean-text.ts';

export const longestReason = 300;

export type StopReason = { readonly reason: string } | { readonly fault: string };

export function stopReasonOf(typed: string): StopReason {
  const reason = cleanLine(typed, longestReason + 1);
  if (reason === '') return { fault: 'Say why: everybody who looks will ask.' };
  if (!/\p{L}{2}/u.test(reason)) return { fault: 'Say why in words: everybody who looks reads it.' };
  if (reason.length > longestReason) return { fault: `Say why in at most ${longestReason} characters.` };
  return { reason };
}
