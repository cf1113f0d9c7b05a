/**
 * One-time codes (POLICY §11.2): 8 characters of Crockford's base32 in two groups, `7KQ2-M9XW`, with a letter and one of
 * the digits 2 to 9 at least: those stand for no letter, so that neither a word nor a number is taken for one.
 */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** One character as people type it, O for 0 and I or L for 1, also in full width. */
const one = '[0-9A-TV-Za-tv-z\uff10-\uff19\uff21-\uff34\uff36-\uff3a\uff41-\uff54\uff56-\uff5a]';
const dash = '\\-\u2010-\u2015\u2212\uff0d';
const space = ' \t\u00a0\u2000-\u200a\u202f\u3000';
/** A code is no part of a longer word or number; scripts that are written without spaces may stand right beside it. */
const beside = `[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{N}\\p{M}_${dash}]`;
const group = (size: number): string => `${one}{${size}}`;
/** Between two pieces of a code that was spaced out, and never another piece of that size before or behind them: that is text. */
const gap = `[${space}]{0,2}[${dash}._/·]?[${space}]{0,2}`;
const spaced = (piece: number): string => {
  const pieces = 8 / piece;
  const next = `(?=[${space}${dash}._/·])${gap}${group(piece)}`;
  return `(?<!(?<!${one})${group(piece)}[${space}])${group(piece)}(?:${next}){${pieces - 1}}(?![${space}]${group(piece)}(?!${one}))`;
};
/** Two groups of four, with or without a mark between them; or spaced out evenly: by one, by two, by four. */
const form = new RegExp(
  `(?<![0-9A-Za-z])(?=${one}{4}[0-9A-Za-z${dash}${space}._/·\\uff10-\\uff3a\\uff41-\\uff5a]|${one}{1,2}[${space}${dash}._/·])(?<!${beside})(?:${group(4)}[${dash}${space}]?${group(4)}|${group(4)}(?=[${space}${dash}._/·])${gap}${group(4)}|${[2, 1].map(spaced).join('|')})(?!${beside})`,
  'gu',
);

const upright = (typed: string): string => {
  const letters = typed
    .normalize('NFKC')
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
};
const digit = /[2-9\uff12-\uff19]/;
const digits = new RegExp(digit, 'g');
const mixed = (code: string): boolean => digit.test(code) && /[A-Z]/.test(code);

/** As it is hashed and compared: `7KQ2-M9XW`. Null where the text is none. */
export function normaliseCode(text: string): string | null {
  const [found, ...more] = text.matchAll(form);
  if (!found || more.length > 0 || found[0] !== text.trim()) return null;
  const code = upright(found[0]);
  return mixed(code) ? code : null;
}

const mostFound = 200;

type Found = { readonly code: string; readonly start: number; readonly end: number };

/** A code that is spaced out as far as may be is no longer than this, with what stands beside it. */
const reach = 50;
const edge = 5;

const isTyped = (unit: number): boolean =>
  (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || unit >= 0xff10;

/** A digit in a word of three, five to seven or more than eight characters is in no code. */
function mayBeOfCode(text: string, digitAt: number): boolean {
  let from = digitAt;
  let to = digitAt + 1;
  while (to - from <= 8 && from > 0 && isTyped(text.charCodeAt(from - 1))) from -= 1;
  while (to - from <= 8 && to < text.length && isTyped(text.charCodeAt(to))) to += 1;
  return [1, 2, 4, 8].includes(to - from);
}

/** The stretches of the text around each digit that a code needs: the form is dear, and most of a mail holds none. */
function* aroundDigits(text: string): Generator<readonly [number, number]> {
  let from = 0;
  let to = -1;
  for (const { index } of text.matchAll(digits)) {
    if (!mayBeOfCode(text, index)) continue;
    if (index - reach > to) {
      if (to >= 0) yield [from, to];
      from = Math.max(0, index - reach);
    }
    to = Math.min(text.length, index + reach);
  }
  if (to >= 0) yield [from, to];
}

/** Each place where one could stand; they may overlap: of `code 7KQ2 M9XW` the last two words are one. Linear in the text. */
function* codesIn(text: string): Generator<Found, void, boolean | undefined> {
  const scan = new RegExp(form);
  for (const [from, to] of aroundDigits(text)) {
    const part = text.slice(from, to);
    scan.lastIndex = 0;
    for (let match = scan.exec(part); match; match = scan.exec(part)) {
      const [typed] = match;
      const start = match.index;
      const end = start + typed.length;
      const code = upright(typed);
      // What lies at the edge of its stretch holds no digit of it, and what stands beside it is not seen.
      const whole = (start >= edge || from === 0) && (end <= part.length - edge || to === text.length);
      // Two short words side by side have the form too, and there are many of them.
      const taken =
        whole && digit.test(typed) && mixed(code) ? yield { code, start: from + start, end: from + end } : false;
      if (!taken) scan.lastIndex = start + 1;
    }
  }
}

/** Everything that could be a code, each once, normalised. */
export function findCodes(text: string): string[] {
  const found = new Set<string>();
  for (const { code } of codesIn(text)) {
    found.add(code);
    if (found.size >= mostFound) break;
  }
  return [...found];
}

/** What is shown in place of a code. */
export const maskedCode = '••••-••••';

/** Covers the codes of which `hidden` says so, in whatever way they are typed. */
export function maskCodes(text: string, hidden: (code: string) => boolean): string {
  const codes = codesIn(text);
  let masked = '';
  let at = 0;
  for (let next = codes.next(); !next.done; ) {
    const { code, start, end } = next.value;
    const covers = hidden(code);
    if (covers) {
      masked += text.slice(at, start) + maskedCode;
      at = end;
    }
    next = codes.next(covers);
  }
  return masked + text.slice(at);
}

/** Of 8 numbers from 0 to 31; null where it would be a word or a number, and others have to be drawn. */
export function codeOf(drawn: readonly number[]): string | null {
  const letters = drawn.map((n) => codeAlphabet[n] ?? '').join('');
  return letters.length === 8 && mixed(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}
