/**
 * One-time codes (POLICY §11.2): 8 characters of Crockford's base32 in two groups, `7KQ2-M9XW`, with a letter and one of
 * the digits 2 to 9 at least: those stand for no letter, so that neither a word nor a number is taken for one.
 */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** People type O for 0, I and L for 1, and leave the dash out. The second group stands on its own or not at all. */
const form = /(?<![\p{L}\p{N}\p{M}_-])([0-9A-TV-Z]{4})[-\u2010-\u2015 ]?([0-9A-TV-Z]{4})(?![\p{L}\p{N}\p{M}_-])/giu;

const upright = (group: string): string => group.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
const digit = /[2-9]/;
const mixed = (code: string): boolean => digit.test(code) && /[A-Z]/.test(code);

/** As it is hashed and compared: `7KQ2-M9XW`. Null where the text is none. */
export function normaliseCode(text: string): string | null {
  const [found, ...more] = text.matchAll(form);
  if (!found || more.length > 0 || found[0] !== text.trim()) return null;
  const code = `${upright(found[1] ?? '')}-${upright(found[2] ?? '')}`;
  return mixed(code) ? code : null;
}

const mostFound = 200;

/** Everything that could be a code, each once, normalised. Linear in the text. */
export function findCodes(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.normalize('NFKC').matchAll(form)) {
    // Two short words side by side have the form too, and there are many of them.
    if (!digit.test(match[0])) continue;
    const code = `${upright(match[1] ?? '')}-${upright(match[2] ?? '')}`;
    if (mixed(code)) found.add(code);
    if (found.size >= mostFound) break;
  }
  return [...found];
}

/** What is shown in place of a code. */
export const maskedCode = '••••-••••';

/** Covers the codes of which `hidden` says so, in whatever way they are typed. */
export const maskCodes = (text: string, hidden: (code: string) => boolean): string =>
  text.replace(form, (typed, a: string, b: string) => {
    const code = `${upright(a)}-${upright(b)}`;
    return mixed(code) && hidden(code) ? maskedCode : typed;
  });

/** Of 8 numbers from 0 to 31; null where it would be a word or a number, and others have to be drawn. */
export function codeOf(drawn: readonly number[]): string | null {
  const letters = drawn.map((n) => codeAlphabet[n] ?? '').join('');
  return letters.length === 8 && mixed(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}
