/** What a search of cases is held against: each text looked through from its first letter to its last, without an index and without words cut beforehand. */
import { folded } from '../../src/cases/search/folded.ts';
import type { Searched } from '../../src/cases/search/terms.ts';

const noSpaces =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}';
const letter = '[\\p{L}\\p{N}\\p{M}]';
/** A letter of a script that writes spaces. */
const spaced = `(?:(?![${noSpaces}])${letter})`;
const isLetter = new RegExp(letter, 'u');
const isSpaced = new RegExp(`^${spaced}`, 'u');

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What was typed, cut where a word ends or the script changes. */
function pieces(typed: string): string[] {
  const found: string[] = [];
  let before: 'word' | 'letters' | 'none' = 'none';
  for (const one of folded(typed)) {
    const is = !isLetter.test(one) ? 'none' : isSpaced.test(one) ? 'word' : 'letters';
    if (is !== 'none' && is === before) found[found.length - 1] += one;
    else if (is !== 'none') found.push(one);
    before = is;
  }
  return found;
}

export type Scan = (text: string) => boolean;

/** One typed word: letter by letter in a folded text. */
export function scanFor(typed: string, { phrase = false } = {}): Scan {
  const parts = pieces(typed);
  if (parts.length === 0) return () => true;
  const one = (part: string, whole: boolean): Scan => {
    if (!isSpaced.test(part)) return (text) => text.includes(part);
    const end = whole || Array.from(part).length < 3 ? `(?!${spaced})` : '';
    const found = new RegExp(`(?<!${spaced})${escaped(part)}${end}`, 'u');
    return (text) => text.includes(part) && found.test(text);
  };
  // Typed without a space it stands together, too.
  const together =
    !phrase && parts.length > 1 && !/\s/.test(typed.trim()) && parts.every((part) => isSpaced.test(part));
  if (!phrase && !together) {
    const all = parts.map((part) => one(part, false));
    return (text) => all.every((scan) => scan(text));
  }
  if (parts.length === 1) return one(parts[0] ?? '', true);
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  // Where the script changes a word ends by itself.
  const all = parts.reduce((so, part, i) => {
    const changes = isSpaced.test(parts[i - 1] ?? '') !== isSpaced.test(part);
    return i === 0 ? escaped(part) : `${so}[^\\p{L}\\p{N}\\p{M}]${changes ? '*' : '+'}${escaped(part)}`;
  }, '');
  const ends = isSpaced.test(last) && (phrase || Array.from(last).length < 3);
  const found = new RegExp(`${isSpaced.test(first) ? `(?<!${spaced})` : ''}${all}${ends ? `(?!${spaced})` : ''}`, 'u');
  return (text) => text.includes(first) && found.test(text);
}

/** Texts of a case, each folded. Fields are never one text: a phrase does not reach from one into the next. */
export const scanned = ({ number, title, requester, messages }: Searched): string[] =>
  [number, title, requester, ...messages.flatMap(({ author, text, files }) => [author, text, ...files])].map(folded);

/** Whether each part of what was typed stands somewhere in the case. */
export const caseHolds = (texts: readonly string[], typed: string, how: { phrase?: boolean } = {}): boolean => {
  if (how.phrase) return texts.some(scanFor(typed, how));
  return typed
    .trim()
    .split(/\s+/)
    .every((word) => {
      const parts = pieces(word);
      if (parts.length > 1 && parts.every((part) => isSpaced.test(part))) return texts.some(scanFor(word));
      return parts.every((part) => texts.some(scanFor(part)));
    });
};
