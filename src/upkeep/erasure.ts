/** What stands in the place of a person who was erased (POLICY §11.5). */
import { levelsOf, privilegeNames } from '../registry/contacts/privileges.ts';
import { contactTypes, roles } from '../registry/site.ts';

/** By `like`: whoever wrote as somebody who is erased. RFC 2606: no server has such an address. */
export const erasedAuthors = 'erased-%@erased.invalid';
export const isErased = (address: string): boolean => /^erased-.*@erased\.invalid$/i.test(address);

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
 * A regular expression of PostgreSQL, to be matched without case: the address, where it does not go on to either side.
 * `canada@x.example` is not `ada@x.example`. `wide`: with any plus part as well, where that is nobody else's. One that is on record
 * with a plus part is that address alone: `team+ada@` and `team+tom@` may be two people.
 */
export function addressPattern(address: string, { wide }: { readonly wide: boolean }): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const plus = wide && !local.includes('+') ? '(?:\\+[^@[:space:]"<>]*)?' : '';
  return `(?<![[:alnum:]._%+-])${anyOf(local)}${plus}@${escaped(address.slice(at + 1))}(?![[:alnum:]-]|\\.[[:alnum:]])`;
}

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** A name of one word may be a word of any text; of two, and in scripts without spaces, it is somebody's. */
const isTelling = (name: string): boolean => (han.test(name) ? [...name].length >= 3 : /\S{2,}\s+\S{2,}/u.test(name));

/** A line may end between two words, in a quote or within JSON. */
const between = '(?:[[:space:]>]|\\\\[nrt])+';

/** Whoever calls themselves an `authorized user` gets no role renamed. */
const words: ReadonlySet<string> = new Set([
  ...[...roles, ...contactTypes],
  ...[...privilegeNames, ...privilegeNames.flatMap(levelsOf)],
]);

/** Null where the name is a word of ours, or too short to be told from other words. */
export function namePattern(name: string): string | null {
  const clean = name.normalize('NFC').trim();
  if (!isTelling(clean) || words.has(clean.toLowerCase().replaceAll(/\s+/gu, ' '))) return null;
  if (han.test(clean)) return [...clean.replaceAll(/\s+/gu, '')].map(anyOf).join('[[:space:]\u3000]*');
  const parts = clean.split(/\s+/u).map(anyOf);
  return `(?<![[:alnum:]])${parts.join(between)}(?![[:alnum:]])`;
}

/** The names to look for: as it is on record, and the other way round, `Byron, Ada`. */
export function namesToFind(names: readonly string[]): string[] {
  const all = names.flatMap((name) => {
    const [last, first, ...more] = name.split(/\s*,\s*/u);
    return first && last && more.length === 0 ? [name, `${first} ${last}`] : [name];
  });
  const told = all.filter((name) => namePattern(name) !== null);
  const turned = told.flatMap((name) => {
    const words = name.trim().split(/\s+/u);
    const last = words.at(-1);
    return words.length < 2 || name.includes(',') || !last ? [] : [`${last}, ${words.slice(0, -1).join(' ')}`];
  });
  return [...new Set([...told, ...turned])].filter((name) => namePattern(name) !== null);
}

/** Within JSON these hold codes, alone, in a list or by name: what is decided by later, and no text. */
const codeKeys = [
  ...['act', 'code', 'command', 'kind', 'language', 'outcome', 'privilege', 'privileges', 'reasonCode', 'role', 'rule'],
  ...['state', 'status', 'template', 'topic', 'types'],
];
const ofText = '(?:[^"\\\\]|\\\\.)*';

/** The same pattern in the text of a JSON value: neither in a key nor in a code. */
export const outsideCodes = (pattern: string): string =>
  `(?<!"(?:${codeKeys.join('|')})": ?(?:\\[[^]]*|\\{[^}]*)?"${ofText})${pattern}(?!${ofText}"[[:space:]]*:)`;

/** Columns of codes, in whatever table. */
export const codeColumns: ReadonlySet<string> = new Set([
  ...['answer', 'cause', 'country', 'direction', 'door', 'door_name', 'headers_only', 'kind', 'language', 'outcome'],
  ...['reason_code', 'role', 'rule', 'state', 'state_code', 'status', 'template'],
]);
