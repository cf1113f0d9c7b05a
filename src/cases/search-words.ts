/** What is looked for in cases, word by word. */

export type SearchWord = {
  /** As a case may have it: a database of the locale C tells capital letters apart that are not ASCII. */
  readonly forms: readonly string[];
  /** What was typed may end within a word. */
  readonly begins: boolean;
  /** Of a script that writes no spaces: found anywhere. */
  readonly anywhere: boolean;
};

export const mostSearchWords = 10;
const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** A text as it may be written, once `lower` of PostgreSQL has been at it. */
export function lettersOf(word: string): string[] {
  const lower = word.toLowerCase();
  const [first = '', ...rest] = Array.from(lower);
  return [...new Set([lower, `${first.toUpperCase()}${rest.join('')}`, lower.toUpperCase()].map(lowerAscii))];
}

/** All of them have to be there; none: nothing is looked for. */
export function searchWords(said: string): SearchWord[] {
  const words = said.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const open = /[\p{L}\p{N}\p{M}]$/u.test(said.normalize('NFC'));
  return words.slice(0, mostSearchWords).map((word, i) => ({
    forms: lettersOf(word),
    begins: open && i === words.length - 1,
    anywhere: withoutSpaces.test(word),
  }));
}
