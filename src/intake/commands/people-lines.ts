/**
 * Lines about the people of a site (POLICY §7: `ADD`, `REMOVE`, `ROLE`, `PRIVILEGE`). A line is one by its word and an address: `ADD dialog
 * hangs` is text.
 */
import { normaliseAddress } from '../../mail/address/address.ts';
import { fold, foldWidth } from '../../mail/fold-width.ts';
import { mostLines, type PersonLine } from '../../registry/contacts/lines.ts';
import { levelsOf } from '../../registry/contacts/privileges.ts';
import { type Begun, begunAs } from './people-verbs.ts';
import { byWord, type GivenRole, levelOf, type PeopleWord, peopleWords, privilegeOf, roleOf } from './people-words.ts';

/** `unread`: it begins like one, and cannot be told what it asks for. */
export type ReadLine = PersonLine | { readonly do: 'unread'; readonly text: string };
export type ReadLines = {
  readonly word: PeopleWord;
  /** The number of a site behind the first word; empty where none is named. */
  readonly site: string;
  readonly lines: readonly ReadLine[];
  readonly rest: string;
  /** No line begins with the word itself and can be read: beside a case or a PIN they are words like any other. */
  readonly perhaps: boolean;
};

const plain = (text: string): string =>
  fold(text.replace(/^[\s"'“”„«»*_`,;:=.\-–—]+|[\s"'“”„«»*_`,;:=.\-–—]+$/gu, '').replace(/\s+/g, ' '));
/** Names as they are written, without what stands around them. */
const nameOf = (text: string): string =>
  text.replace(/^[\s"'“”„«»*_`,;:=<(\-–—]+|[\s"'“”„«»*_`,;:=<>()\-–—]+$/gu, '').replace(/\s+/g, ' ');

/** Mail programs add where a click would lead to. */
const withoutLinks = (line: string): string => line.replace(/[<[(]+mailto:[^>\])\s]*[>\])]+/gi, ' ');
const addressIn = /<?([^\s<>()[\],;:"']{1,64}@[^\s<>()[\],;:"'をのにはへ、]{1,190})>?/u;

type Parts = { readonly before: string; readonly address: string; readonly after: string };
function partsOf(text: string): Parts | null {
  const found = addressIn.exec(text);
  if (!found) return null;
  const address = normaliseAddress((found[1] ?? '').replace(/[.*_`]+$/, '').replace(/^[*_`]+/, ''));
  if (address === null) return null;
  return { before: text.slice(0, found.index), address, after: text.slice(found.index + found[0].length) };
}

/** Behind the role: why. */
const whyBehind = /^([^:：]*?)\s*(?:[:：]\s*(.*))?$/su;

/** Articles and prepositions around a role, and what Japanese puts around it. */
const around = [
  /^[\s)>,.]*(?:(?:as|to be|to|als|zur?m?|comme|en tant que?|en qualité de|como|de|with the role|mit der rolle|avec le rôle|con la función)\s+)?(?:(?:an?|the|our|new|eine?n?|die|der|den|unsere?n?|une?|l['’]|le|la|notre|una?|el|nuestr[oa])\s+)?/iu,
  /^\s*(?:を|の(?:役割|権限)?を?)?\s*|\s*(?:として|に(?:変更)?|へ)?\s*$/gu,
] as const;
const bare = (text: string): string => plain(around.reduce((left, cut) => left.replace(cut, ''), text));

/** The last words of a text that name a role, and what stands before them. */
function roleAtEnd(text: string): { readonly role: GivenRole; readonly before: string } | null {
  const words = text.trim().split(/\s+/);
  for (let from = Math.max(0, words.length - 5); from < words.length; from++) {
    const role = roleOf.get(plain(words.slice(from).join(' '))) ?? roleOf.get(bare(words.slice(from).join(' ')));
    if (role) return { role, before: words.slice(0, from).join(' ') };
  }
  return null;
}

const fromAddress = (address: string): string => (address.split('@')[0] ?? address).replace(/[._-]+/g, ' ');
/** `as authorized user`, `als Benutzer`. */
const joining = /(?:^|\s)(?:as|als|comme|como|en tant que)$/iu;
/** Nothing that a mail program would make a link of: the name stands in letters. */
const isName = (name: string): boolean => name.length <= 80 && !/[\p{Cc}@<>{}|\\]|:\/\/|www\./iu.test(name);

function addLine({ before, address, after }: Parts, needsRole: boolean): PersonLine | null {
  const [, said = '', why] = whyBehind.exec(after) ?? [];
  const none = bare(said) === '';
  const whole = roleOf.get(bare(said));
  const ending = whole ? { role: whole, before: '' } : (roleAtEnd(said) ?? (none ? roleAtEnd(before) : null));
  // Who is added without a role has the least that opens cases (§8.4).
  const role = ending?.role ?? (none && !needsRole ? 'authorized user' : null);
  if (role === null) return null;
  const named = none && ending ? ending.before : `${before} ${ending?.before.replace(joining, '') ?? ''}`;
  const name = nameOf(nameOf(named).replace(joining, '')) || fromAddress(address);
  if (!isName(name)) return null;
  const reason = why?.trim().slice(0, 200);
  return { do: 'add', name, address, role, ...(reason ? { why: reason } : {}) };
}

const listWords = byWord(peopleWords);
const more: Readonly<Record<string, 'ADD' | 'REMOVE' | ''>> = {
  ...Object.fromEntries(
    'yes also too ja auch si oui aussi tambien 送付'.split(' ').map((word) => [word, 'ADD'] as const),
  ),
  ...Object.fromEntries(
    'no not off stop nein nicht mehr aus non plus ya 停止'.split(' ').map((word) => [word, 'REMOVE'] as const),
  ),
  ...Object.fromEntries(
    'to for please an fur bitte a pour svp merci para por favor the die den les las los de del を に へ'
      .split(' ')
      .map((word) => [word, ''] as const),
  ),
};
const meantBy = (word: string): 'ADD' | 'REMOVE' | '' | null => {
  const known = listWords.get(word);
  return known === 'ADD' || known === 'REMOVE' ? known : (more[word] ?? null);
};
const wordsIn = (text: string): string[] =>
  plain(text)
    .split(/[\s,.;:!?<>()→-]+/)
    .filter((word) => word !== '');

/** Who gets the proofs of entitlement (§11.7): nothing beside the address adds them. A name may stand before it, and nothing else behind. */
function documentsLine({ before, address, after }: Parts): PersonLine | null {
  const [said, behind] = [wordsIn(before), wordsIn(after)];
  if (said.filter((word) => meantBy(word) === null).length > 4 || behind.some((word) => meantBy(word) === null))
    return null;
  const meant = new Set([...said, ...behind].map(meantBy).filter((one) => one === 'ADD' || one === 'REMOVE'));
  return meant.size > 1 ? null : { do: 'documents', address, gets: !meant.has('REMOVE') };
}

/** Courtesy, and why: neither changes what is asked for. */
const nothingMore =
  /^[\s.,;!)>]*(?:(?:please|bitte|s['’]il (?:vous|te) plaît|svp|por favor|お願いします|を?(?:の?登録を)?|from (?:the|our) (?:list|site)|aus der liste)[\s.!]*|[:：].*)?$/isu;

function lineOf({ word, text, loose }: Begun): PersonLine | null {
  const parts = partsOf(text);
  if (!parts) return null;
  const { before, address, after } = parts;
  if (word === 'ADD') return addLine(parts, loose);
  if (word === 'DOCUMENTS') return documentsLine(parts);
  // A name before the address is what people write; it says nothing beside it.
  if (nameOf(before).split(/\s+/).length > 6) return null;
  if (word === 'REMOVE') return nothingMore.test(after) ? { do: 'remove', address } : null;
  if (word === 'ROLE') {
    const [, said = ''] = whyBehind.exec(after.replace(/^\s*(?:[:：=]|->|→)\s*/u, '')) ?? [];
    const role = roleOf.get(bare(said));
    return role ? { do: 'role', address, role } : null;
  }
  const words = after
    .replace(/[=:：]|->|→/g, ' ')
    .trim()
    .split(/\s+/);
  for (let at = 1; at < words.length; at++) {
    const name = privilegeOf.get(bare(words.slice(0, at).join(' ')));
    const value = levelOf.get(bare(words.slice(at).join(' '))) ?? levelOf.get(plain(words.slice(at).join(' ')));
    if (name && value && (value === 'default' || levelsOf(name).includes(value)))
      return { do: 'privilege', address, name, value };
  }
  return null;
}

const longest = 500;
const flat = (line: string): string => foldWidth(withoutLinks(line.slice(0, longest)));

type Taken = { readonly line: ReadLine; readonly loose: boolean; readonly lines: number };

/** A long line was broken by the mail program: what it lacks stands on the next one. */
function takeLine(begun: Begun, given: string, next: string): Taken {
  const read = lineOf(begun);
  const saysRole = begun.word !== 'ADD' || lineOf({ ...begun, loose: true }) !== null;
  if ((!read || !saysRole) && next.trim() !== '' && !begunAs(flat(next)) && !addressIn.test(next)) {
    const joined = lineOf({ ...begun, text: `${begun.text} ${flat(next).trim()}`, loose: true });
    if (joined) return { line: joined, loose: begun.loose, lines: 2 };
  }
  const line = read ?? ({ do: 'unread', text: given.trim().slice(0, 200) } as const);
  return { line, loose: begun.loose || !read, lines: 1 };
}

/**
 * Null where the text begins with no such line, which most mails show by their first line. The lines go on as long as each begins with one of
 * the words, or holds an address and stands right below.
 */
export function readPeopleLines(firstOf: string, text: string): ReadLines | null {
  if (!firstOf.includes('@') && !firstOf.includes('＠')) return null;
  const first = begunAs(flat(firstOf));
  if (!first || !addressIn.test(first.text) || (first.loose && !lineOf(first))) return null;
  const all = text.split('\n');
  const taken: Taken[] = [];
  let end = 0;
  for (let i = 0; i < all.length && taken.length <= mostLines; ) {
    const given = all[i] ?? '';
    const line = flat(given);
    const begun = begunAs(line);
    if (given.trim() === '') i += 1;
    else if (begun && addressIn.test(begun.text) && (!begun.loose || lineOf(begun))) {
      const one = takeLine(begun, given, all[i + 1] ?? '');
      taken.push(one);
      i += one.lines;
      end = i;
    } else if (addressIn.test(line) && end === i && taken.length > 0) {
      taken.push({ line: { do: 'unread', text: given.trim().slice(0, 200) }, loose: true, lines: 1 });
      i += 1;
      end = i;
    } else break;
  }
  if (taken.length === 0) return null;
  return {
    word: first.word,
    site: first.site,
    lines: taken.map((one) => one.line),
    rest: all.slice(end).join('\n').trim(),
    perhaps: taken.every((one) => one.loose),
  };
}
