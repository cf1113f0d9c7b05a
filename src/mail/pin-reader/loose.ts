/** Numbers that count where they are the PIN of a site of the sender: beside the word PIN, and in answers to our question. */
import { isSupportPin } from '../../foundation/pin-form.ts';
import { firstLine } from '../first-line.ts';
import { foldLines, foldWidth } from '../fold-width.ts';
import { type FoundNumber, wholeNumbers } from './numbers.ts';
import { findPins, locatePins, mayHold, misspeltPins, withItsWords } from './strict.ts';
import { notBefore, nouns, onlyLinks, word } from './words.ts';

/** A number that may be the sender's PIN. `clear`: labelled, or alone on its line; a contact of several sites has to be. */
export type PinCandidate = { readonly digits: string; readonly clear: boolean };

const most = 10;

/** Each number once; it is clear where it is so in one of its places. */
class Candidates {
  readonly #found = new Map<string, boolean>();
  add(digits: string, clear: boolean): void {
    if (this.#found.has(digits) || this.#found.size < most)
      this.#found.set(digits, clear || (this.#found.get(digits) ?? false));
  }
  get all(): PinCandidate[] {
    return Array.from(this.#found, ([digits, clear]) => ({ digits, clear }));
  }
}

const aloneOnLine = /^[^\p{L}\p{N}]*[0-9]{3,10}(?:です)?[^\p{L}\p{N}]*$/u;

function lineOf(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? undefined : end);
}

const supportPinsOf = (line: string): string[] => findPins(line).filter(isSupportPin);

const caseTag = /\[ ?case ?#? ?[0-9]+ ?\]/giu;

const anyPinWord = new RegExp(
  String.raw`${notBefore}${word}(?:[ _-]?${nouns}\.?)?(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}])`,
  'giu',
);
const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*|\p{N}+/gu) ?? [];

const near = 120;
const wordsBetween = 4;
const mostPinWords = 20;
const longestText = 50_000;
const longestLine = 1_000;

/** `from` and `to`: what a title is without, which is the number alone where it stands in a sentence about something else. */
type Beside = FoundNumber & { readonly from: number; readonly to: number };

function* besideTheWord(text: string): Generator<Beside> {
  let count = 0;
  for (const { index, 0: found } of text.matchAll(anyPinWord)) {
    count += 1;
    if (count > mostPinWords) return;
    const end = index + found.length;
    for (const number of wholeNumbers(text, Math.max(0, index - near), end + near, 30)) {
      const behind = number.start >= end;
      if (!behind && number.end > index) continue;
      const between = behind ? text.slice(end, number.start) : text.slice(number.end, index);
      const words = wordsIn(between);
      if (between.length > near || words.length > wordsBetween) continue;
      const together = { from: Math.min(index, number.start), to: Math.max(end, number.end) };
      yield { ...number, ...(onlyLinks(words) ? together : { from: number.start, to: number.end }) };
    }
  }
}

/**
 * Numbers beside the word PIN, before or behind it with up to four words between, in the subject and in the sender's own words. Where
 * nothing is the sender's own there is a quote in its place, and none is taken out of that.
 */
export function numbersBesidePin(facts: {
  readonly subject: string;
  readonly newText: string;
  readonly nothingOwn?: true;
}): PinCandidate[] {
  const found = new Candidates();
  for (const given of [facts.subject, facts.nothingOwn ? '' : facts.newText.slice(0, longestText)]) {
    if (!mayHold.test(given)) continue;
    const text = foldLines(given).replace(caseTag, (tag) => ' '.repeat(tag.length));
    for (const line of text.split('\n'))
      if (mayHold.test(line)) {
        const short = line.slice(0, longestLine);
        for (const { pin } of locatePins(short, true)) if (isSupportPin(pin)) found.add(pin, true);
        for (const pin of misspeltPins(short)) found.add(pin, true);
      }
    for (const number of besideTheWord(text)) found.add(number.digits, aloneOnLine.test(lineOf(text, number.start)));
  }
  return found.all;
}

/**
 * A number alone on the first line of a mail that answers nothing: our letters ask for the PIN there, and people do so the next time.
 * No more than the sender's own counts, and of others nothing is said.
 */
export function numberAlone(facts: { readonly newText: string; readonly nothingOwn?: true }): PinCandidate[] {
  const line = facts.nothingOwn ? '' : foldWidth(firstLine(facts.newText).slice(0, longestLine));
  return aloneOnLine.test(line) ? [...wholeNumbers(line)].map(({ digits }) => ({ digits, clear: true })) : [];
}

const linesOfAnswer = 10;

/**
 * Numbers of an answer to our question for the PIN: any, in the first ten lines that hold something, for no grammar is asked of
 * anybody; and a subject that is nothing but a number.
 */
export function answeredNumbers(facts: {
  readonly subject: string;
  readonly newText: string;
  readonly nothingOwn?: true;
}): PinCandidate[] {
  const found = new Candidates();
  const lines = [facts.subject];
  if (!facts.nothingOwn)
    for (const line of facts.newText.slice(0, longestText).split('\n')) {
      if (line.trim() !== '') lines.push(line);
      if (lines.length > linesOfAnswer) break;
    }
  const folded = lines.map((line) => foldWidth(line.slice(0, longestLine)));
  // Labelled ones first: other numbers are not to crowd them out.
  for (const line of folded) for (const pin of supportPinsOf(line)) found.add(pin, true);
  for (const [at, line] of folded.entries()) {
    const alone = aloneOnLine.test(line);
    if (at > 0 || alone) for (const number of wholeNumbers(line)) found.add(number.digits, alone);
  }
  return found.all;
}

/** Where a PIN stands in a line with the words that belong to it, in a strict form or beside the word PIN; null where it does not. */
export function placeOfPin(line: string, pin: string): { readonly from: number; readonly to: number } | null {
  const strict = locatePins(line, true).find((found) => found.pin === pin);
  if (strict) return strict;
  const text = foldWidth(line);
  for (const { digits, from, to } of besideTheWord(text))
    if (digits === pin) {
      return withItsWords(text, from, to);
    }
  return null;
}
