/**
 * What somebody typed into a search: words, phrases in quotes, and `key:value`. Every text can be read; a quote that is not closed ends
 * with the text, and a key that is none of the known ones is a word like any other.
 */
import { nearestWord } from './nearest-word.ts';

export type SearchPart = {
  /** In small letters; null for a word or phrase. */
  readonly key: string | null;
  readonly value: string;
  /** It stood in quotes. */
  readonly phrase: boolean;
};

/** Longer texts are cut: nobody types so much. */
export const mostSearched = 400;
const mostParts = 20;

const openQuotes = '"“„«';
const closeQuotes = '"”“»';
const isQuote = (letter: string | undefined): boolean => letter !== undefined && openQuotes.includes(letter);
/** What has no place on one line is a space. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

/** A quote within a word is a letter of it; what follows the closing one is the next part. */
function quoted(text: string, from: number): { readonly value: string; readonly end: number } {
  for (let at = from + 1; at < text.length; at += 1)
    if (closeQuotes.includes(text[at] ?? '')) return { value: text.slice(from + 1, at), end: at + 1 };
  return { value: text.slice(from + 1), end: text.length };
}

function word(text: string, from: number): { readonly value: string; readonly end: number } {
  const end = text.indexOf(' ', from);
  return end < 0 ? { value: text.slice(from), end: text.length } : { value: text.slice(from, end), end };
}

/** Parts without a value are left out; `keys` are in small letters. */
export function readSearch(said: string, keys: readonly string[]): SearchPart[] {
  const text = oneLine(said.slice(0, mostSearched).normalize('NFC')).replace(/\s/gu, ' ');
  const parts: SearchPart[] = [];
  for (let at = 0; at < text.length && parts.length < mostParts; ) {
    if (text[at] === ' ') {
      at += 1;
      continue;
    }
    const typed = /^([a-z-]{1,20}):/iu.exec(text.slice(at, at + 21))?.[1]?.toLowerCase();
    const key = typed !== undefined && keys.includes(typed) ? typed : null;
    const start = key === null ? at : at + key.length + 1;
    const phrase = isQuote(text[start]);
    const { value, end } = phrase ? quoted(text, start) : word(text, start);
    at = end;
    // A quote that stands within a phrase ends nothing and is looked for by nobody.
    const trimmed = (phrase ? value.replaceAll(/["“”„«»]/gu, '') : value).trim();
    if (trimmed !== '') parts.push({ key, value: trimmed, phrase });
  }
  return parts;
}

/** A key that somebody may have meant by the beginning of a word such as `form:ada@aldous.example`; null where none is near. */
export function keyMeant(value: string, keys: readonly string[]): string | null {
  const typed = /^([a-z-]{2,20}):\S/iu.exec(value)?.[1]?.toLowerCase();
  return typed === undefined || keys.includes(typed) ? null : nearestWord(keys, typed);
}

const quote = (value: string): string => `"${value}"`;

/** As it is typed: read again, it is the same parts. */
export const searchText = (parts: readonly SearchPart[], keys: readonly string[]): string =>
  parts
    .map(({ key, value, phrase }) => {
      const alone =
        key === null && /^([a-z-]{1,20}):/iu.test(value) && keys.includes(value.split(':')[0]?.toLowerCase() ?? '');
      const needs = phrase || /\s/u.test(value) || isQuote(value[0]) || alone;
      return `${key === null ? '' : `${key}:`}${needs ? quote(value) : value}`;
    })
    .join(' ');
