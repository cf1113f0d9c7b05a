/**
 * The shape of PINs (POLICY §1), which both the reading of mail and the registry need. A support PIN is an identifier of 3 to
 * 10 digits; a privileged PIN is `p` and nine characters of Crockford base32, the last of them his check character (modulo 37).
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const value = new Map<string, number>();
for (const [index, character] of [...alphabet].entries()) {
  value.set(character, index);
  value.set(character.toLowerCase(), index);
}
// Crockford reads what looks alike as one.
for (const [alike, index] of [
  ['O', 0],
  ['o', 0],
  ['I', 1],
  ['i', 1],
  ['L', 1],
  ['l', 1],
] as const)
  value.set(alike, index);

export const isSupportPin = (text: string): boolean => /^[0-9]{3,10}$/.test(text);

/** Eight characters as values 0 to 31, or null where one is none of Crockford's. */
function values(text: string): number[] | null {
  const out: number[] = [];
  for (const character of text) {
    const found = value.get(character);
    if (found === undefined) return null;
    out.push(found);
  }
  return out;
}

/**
 * The check character of eight characters of Crockford base32; null where it would be one of `* ~ $ = U`, in which case no
 * PIN of these eight is issued.
 */
export function privilegedCheck(body: string): string | null {
  const digits = body.length === 8 ? values(body) : null;
  if (digits === null) return null;
  let rest = 0;
  for (const digit of digits) rest = (rest * 32 + digit) % 37;
  return alphabet[rest] ?? null;
}

/** `p` and nine characters in upper case, read leniently (any case, O for 0, I and L for 1); null where it is no privileged PIN. */
export function normalisePrivilegedPin(text: string): string | null {
  if (!/^[pP][0-9A-Za-z]{9}$/.test(text)) return null;
  const digits = values(text.slice(1));
  if (digits === null) return null;
  const written = digits.map((digit) => alphabet[digit] ?? '').join('');
  return privilegedCheck(written.slice(0, 8)) === written[8] ? `p${written}` : null;
}

/** The eight characters drawn for a PIN, with `p` before and the check behind them; null where these are not to be issued. */
export function privilegedPinOf(body: string): string | null {
  const check = privilegedCheck(body);
  return check === null ? null : normalisePrivilegedPin(`p${body}${check}`);
}

/**
 * Holds a digit that no letter is read as. Postern issues only such PINs, so that what has none is taken for a word where texts
 * are masked: one word of ten letters with p in thirty-seven would pass the check.
 */
export const markedByDigit = (text: string): boolean => /[2-9]/.test(text);

const invisible = '[\\u00ad\\u200b-\\u200d\\u2060\\ufeff]?';
const anyWidth = '[0-9A-Za-z\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a]';
/**
 * Every privileged PIN in a text as Postern issues them, right or not, and whatever way it is written: in full-width letters,
 * with what nobody sees between them, right behind the word PIN.
 */
const quoted = new RegExp(`[pP\\uff30\\uff50](?:${invisible}${anyWidth}){9}(?!${anyWidth})`, 'g');
/** The same where there is nothing but ASCII, which is gone through ten times as fast. */
const quotedPlain = /[pP][0-9A-Za-z]{9}(?![0-9A-Za-z])/g;
const plain = /^[\x00-\x7f]*$/;
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const mayPrecede = new RegExp(`(?<!${anyWidth})(?:pin)?$`, 'i');

type Quoted = { readonly pin: string; readonly start: number; readonly length: number };

function* quotedIn(text: string): Generator<Quoted> {
  const ascii = plain.test(text);
  for (const { 0: found, index } of text.matchAll(ascii ? quotedPlain : quoted)) {
    if (ascii && !markedByDigit(found)) continue;
    const pin = normalisePrivilegedPin(ascii ? found : found.normalize('NFKC').replace(unseen, ''));
    if (pin === null || !markedByDigit(pin)) continue;
    const before = text.slice(Math.max(0, index - 4), index);
    if (mayPrecede.test(before)) yield { pin, start: index, length: found.length };
  }
}

/** As long as it was. */
export function maskPrivilegedPins(text: string): string {
  let masked = '';
  let at = 0;
  for (const { start, length } of quotedIn(text)) {
    masked += `${text.slice(at, start)}p${'*'.repeat(length - 1)}`;
    at = start + length;
  }
  return at === 0 ? text : masked + text.slice(at);
}

/** Each different one, as it would be typed: `p` and upper case. */
export const quotedPrivilegedPins = (text: string): string[] => [
  ...new Set(Array.from(quotedIn(text), ({ pin }) => pin)),
];

export const quotesPrivilegedPin = (text: string): boolean => quotedIn(text).next().done === false;

/** Stands for a privileged PIN that is drawn after it is decided. It holds a NUL, which no string of a mail does. */
export const privilegedToCome = '\u0000pin';

const wide = (digit: string): string => `[${digit}${String.fromCodePoint(0xff10 + Number(digit))}]`;

/** A support PIN stands in a letter only where it was asked for or is issued; `0345` is covered also as `03 45`. */
export function maskSupportPins(text: string, pins: readonly string[]): string {
  return pins
    .filter((pin) => /^[0-9]{3,10}$/.test(pin))
    .reduce(
      (masked, pin) =>
        masked.replace(
          new RegExp(`(?<![0-9０-９])${[...pin].map(wide).join('[ .-]?')}(?![0-9０-９])`, 'gu'),
          '•'.repeat(pin.length),
        ),
      text,
    );
}
