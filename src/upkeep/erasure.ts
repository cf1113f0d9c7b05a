/** What stands in the place of a person who was erased (POLICY §11.5). */

/** By `like`: whoever wrote as somebody who is erased. RFC 2606: no server has such an address. */
export const erasedAuthors = 'erased-%@erased.invalid';

/** Of the erasure with this number, one for each address: where addresses are keys they stay apart. */
export const erasedAddress = (erasure: string, at: number): string => `erased-${erasure}-${at + 1}@erased.invalid`;
export const erasedName = '(erased)';

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&');
/** As text stands within JSON. */
const forms = (text: string): string[] => [...new Set([text, JSON.stringify(text).slice(1, -1)])];
const anyOf = (text: string): string => {
  const all = forms(text).map(escaped);
  return all.length === 1 ? (all[0] ?? '') : `(?:${all.join('|')})`;
};

/**
 * A regular expression of PostgreSQL, to be matched without case: the address with any plus part, where it does not go on to either
 * side. `canada@x.example` is not `ada@x.example`.
 */
export function addressPattern(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at).replace(/\+.*$/, '');
  return `(?<![[:alnum:]._%+-])${anyOf(local)}(?:\\+[^@[:space:]"<>]*)?@${escaped(address.slice(at + 1))}(?![[:alnum:]-]|\\.[[:alnum:]])`;
}

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** A name of one word may be a word of any text; of two, and in scripts without spaces, it is somebody's. */
const isTelling = (name: string): boolean => (han.test(name) ? [...name].length >= 3 : /\S{2,}\s+\S{2,}/u.test(name));

/** A line may end between two words, in a quote or within JSON. */
const between = '(?:[[:space:]>]|\\\\[nrt])+';

/** Null where the name is too short to be told from other words. */
export function namePattern(name: string): string | null {
  const clean = name.normalize('NFC').trim();
  if (!isTelling(clean)) return null;
  if (han.test(clean)) return [...clean.replaceAll(/\s+/gu, '')].map(anyOf).join('[[:space:]\u3000]*');
  const words = clean.split(/\s+/u).map(anyOf);
  return `(?<![[:alnum:]])${words.join(between)}(?![[:alnum:]])`;
}

/** The names to look for: as it is on record, and the other way round, `Byron, Ada`. */
export function namesToFind(names: readonly string[]): string[] {
  const all = names.flatMap((name) => {
    const [last, first, ...more] = name.split(/\s*,\s*/u);
    return first && last && more.length === 0 ? [name, `${first} ${last}`] : [name];
  });
  const turned = all.flatMap((name) => {
    const words = name.trim().split(/\s+/u);
    const last = words.at(-1);
    return words.length < 2 || name.includes(',') || !last ? [] : [`${last}, ${words.slice(0, -1).join(' ')}`];
  });
  return [...new Set([...all, ...turned])].filter((name) => namePattern(name) !== null);
}
