/** PINs in the forms that count for everybody, support and privileged ones. */
import { isSupportPin, markedByDigit, normalisePrivilegedPin } from '../../foundation/pin-form.ts';
import { firstLine } from '../first-line.ts';
import { foldWidth } from '../fold-width.ts';
import { leadIn, leadOut, strictForm } from './words.ts';

type FoundPin = {
  readonly pin: string;
  readonly start: number;
  readonly end: number;
  /** With the words that belong to it: what a title is without. */
  readonly from: number;
  readonly to: number;
};

const supportForm = new RegExp(`${strictForm}([0-9]{3,10})`, 'giu');
// Scripts written without spaces may stand right before the word.
const privilegedForm =
  /(?<![\p{N}\p{M}_\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])pin ?(?:(?:no|nr|n[°º]|№|番号|番號|号码|號碼) ?\.? ?[:#=]?|[:#=-])? ?(?<=[^nN])(p[0-9a-z]{9})(?![0-9\p{L}\p{M}_])/giu;
const mayFollow =
  /^(?:$|[ ;!?)\]]|[:,](?![0-9])|\.(?![0-9a-z])|(?!年|月(?!曜))[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}]|-[ \p{L}])/u;
/** `PIN_345_Export`: of a contact of its site only. */
const mayFollowOwn = /^_[ \p{L}]/u;

/** None that was never issued: one word of ten letters with p in thirty-seven would be one. */
function privileged(text: string): string | null {
  const pin = normalisePrivilegedPin(text);
  return pin !== null && markedByDigit(pin) ? pin : null;
}

/** Runs of spaces are one to the patterns; `places` says where each character stood. */
function packed(text: string): { line: string; places: readonly number[] } {
  const folded = foldWidth(text);
  const places: number[] = [];
  let line = '';
  for (let i = 0; i < folded.length; i++) {
    if (folded[i] === ' ' && folded[i - 1] === ' ') continue;
    places.push(i);
    line += folded[i];
  }
  places.push(folded.length);
  return { line, places };
}

/** The cheap test that decides first: `shipping` and `typing` are in every other mail. */
export const mayHold = /(?:^|[^A-Za-z])(?:(?:support|kunden|service)?[pｐ][iｉ][nｎ]|p[. ]i[. ]n(?![a-z]))|ピン/iu;

export const withItsWords = (line: string, start: number, end: number): { from: number; to: number } => ({
  from: start - (leadIn.exec(line.slice(Math.max(0, start - 80), start))?.[0].length ?? 0),
  to: end + (leadOut.exec(line.slice(end, end + 12))?.[0].length ?? 0),
});

/** Every PIN in a strict form, in its order. One line. `own`: also what is read for the site's own PIN only. */
export function locatePins(text: string, own = false): FoundPin[] {
  if (!mayHold.test(text)) return [];
  const { line, places } = packed(text);
  const out: FoundPin[] = [];
  const take = (pin: string, start: number, end: number) => {
    const at = (place: number) => places[place] ?? text.length;
    const { from, to } = withItsWords(line, start, end);
    out.push({ pin, start: at(start), end: at(end), from: at(from), to: at(to) });
  };
  for (const match of line.matchAll(supportForm)) {
    const end = match.index + match[0].length;
    const behind = line.slice(end, end + 2);
    if (match[1] !== undefined && (mayFollow.test(behind) || (own && mayFollowOwn.test(behind))))
      take(match[1], match.index, end);
  }
  for (const match of line.matchAll(privilegedForm)) {
    const end = match.index + match[0].length;
    const pin = mayFollow.test(line.slice(end, end + 2)) ? privileged(match[1] ?? '') : null;
    if (pin !== null) take(pin, match.index, end);
  }
  return out.sort((a, b) => a.start - b.start);
}

const wrongLength = new RegExp(`${strictForm}([0-9]{11,20}|(?<=(?:[:=#]|is|ist|lautet|est|es|は) ?)[0-9]{1,2})`, 'giu');

/** Numbers in a strict form that are too short or too long for a PIN: meant for one, and nobody's. */
export function misspeltPins(line: string): string[] {
  if (!mayHold.test(line)) return [];
  const text = packed(line).line;
  return [...text.matchAll(wrongLength)].flatMap((match) => {
    const end = match.index + match[0].length;
    return match[1] !== undefined && mayFollow.test(text.slice(end, end + 2)) ? [match[1]] : [];
  });
}

/** Every different PIN of the subject in its order; privileged ones as `p` and upper case. */
export const findPins = (subject: string): string[] => [...new Set(locatePins(subject).map((found) => found.pin))];

/**
 * The PIN that stands alone on the first line of the new text (`PIN 345`, `Our PIN is 345.`, or a bare privileged one), null where
 * there is none. `own`: the text is the sender's; out of what may be a quote no privileged PIN is taken, for it is used by being read.
 */
export function findPinAlone(newText: string, own = true): string | null {
  const line = firstLine(newText);
  const bare = privileged(foldWidth(line).trim());
  if (bare !== null) return own ? bare : null;
  const [found, ...more] = locatePins(line);
  if (found === undefined || more.length > 0) return null;
  const isSupport = isSupportPin(found.pin);
  if (!own && !isSupport) return null;
  // No sentence is made around a privileged one.
  const [start, end] = isSupport ? [found.from, found.to] : [found.start, found.end];
  return /^[ [\](){}.,;:*!?]*$/.test(foldWidth(line.slice(0, start) + line.slice(end))) ? found.pin : null;
}
