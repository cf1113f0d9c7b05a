/**
 * Text as the search of cases compares it: capital letters and accents make no difference, and no word is cut to its stem. Words end where
 * letters and digits do; scripts that write no spaces are found anywhere, by any two letters that stand together.
 */

/** A word, or a stretch of a script that writes no spaces. */
export type Run = { readonly text: string; readonly spaced: boolean };

const accents = /[\u0300-\u036f]/g;
const unspaced =
  '[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}]';
const letters = '[\\p{L}\\p{N}\\p{M}]';
const runs = new RegExp(`(?:(?=${unspaced})${letters})+|(?:(?!${unspaced})${letters})+`, 'gu');
const isUnspaced = new RegExp(unspaced, 'u');

/** Of a longer word the beginning is compared: nobody types the whole of a key. */
const mostOfAWord = 60;

const plain = /^[\x00-\x7f]*$/;

export const folded = (text: string): string => (plain.test(text) ? text.toLowerCase() : foldedWhole(text));

const foldedWhole = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(accents, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replaceAll('ı', 'i');

const cut = (word: string): string =>
  word.length <= mostOfAWord ? word : Array.from(word).slice(0, mostOfAWord).join('');

export function runsOf(text: string): Run[] {
  const found = folded(text).match(runs) ?? [];
  return found.map((one) => (isUnspaced.test(one) ? { text: one, spaced: false } : { text: cut(one), spaced: true }));
}

/** Runs with one space between: a phrase is a part of it. */
export const joined = (all: readonly Run[]): string => all.map(({ text }) => text).join(' ');

/** Each two neighbours; the last one stands alone as well, so that every letter begins something. */
export function pairs(run: string): string[] {
  const all = Array.from(run);
  return all.map((letter, i) => `${letter}${all[i + 1] ?? ''}`);
}
