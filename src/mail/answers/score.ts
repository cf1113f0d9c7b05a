/** A number from 1 to 5 as the answer to how it was (POLICY §6.1), alone on the first line. */
import { foldWidth } from '../fold-width.ts';
import { onlyThanks } from './only-thanks.ts';

const scored =
  /^\(?([1-5])\)?(?: ?(?:\/|of|out of|von|auf|sur|de) ?5| ?点| ?stars?| ?sterne?| ?étoiles?| ?estrellas?)?[.!]?(?:[ ,.:;!-]+(\p{L}.*))?$/iu;

/** `rest`: the text below it, or beside it where that only says thanks; null where the first line is no such number. */
export function readScore(newText: string): { readonly score: 1 | 2 | 3 | 4 | 5; readonly rest: string } | null {
  const lines = newText.trim().split('\n');
  const [, digit, beside = ''] = scored.exec(foldWidth(lines[0] ?? '').trim()) ?? [];
  // `2 of us still cannot log in` is a report.
  if (digit === undefined || (beside !== '' && !onlyThanks(beside))) return null;
  return { score: Number(digit) as 1 | 2 | 3 | 4 | 5, rest: lines.slice(1).join('\n').trim() };
}
