/** One line of an engineer's mail: a command (POLICY §5.4), something that was meant as one, or text. */
import type { CaseKind, Severity } from '../../cases/case.ts';
import { isOneLetterOff } from '../../foundation/nearest-word.ts';
import { fold, foldWidth } from '../../mail/fold-width.ts';
import {
  kindWords,
  otherCommandWords,
  type StaffCommandName,
  staffCommandNames,
  staffWords,
} from '../commands/staff-words.ts';

export type StaffCommand =
  | { readonly name: 'TAKE' | 'NOTE' | 'SOLVED' | 'CLOSE' | 'ESCALATE' | 'CANCEL' }
  /** A name or an address as it was written. Whoever looks it up asks back where it is nobody's. */
  | { readonly name: 'ASSIGN'; readonly to: string }
  | { readonly name: 'WAIT'; readonly days: number | null }
  | { readonly name: 'SEVERITY'; readonly severity: Severity }
  | { readonly name: 'KIND'; readonly caseKind: CaseKind; readonly id: string | null };

type ReadLine =
  | { readonly kind: 'command'; readonly command: StaffCommand }
  /** `near` is null for a word that is a command elsewhere. */
  | { readonly kind: 'mistyped'; readonly near: StaffCommandName | null }
  | { readonly kind: 'text' };

const text: ReadLine = { kind: 'text' };

const forms = new Map(
  staffCommandNames.flatMap((name) =>
    Object.values(staffWords[name]).flatMap((words) => words.map((word) => [fold(word), name] as const)),
  ),
);
const longestForm = Math.max(...[...forms.keys()].map((form) => form.length));
const elsewhere = new Set(otherCommandWords.map(fold));
const kinds = new Map(
  (Object.entries(kindWords) as [CaseKind, (typeof kindWords)[CaseKind]][]).flatMap(([kind, words]) =>
    Object.values(words).flatMap((spellings) => spellings.map((word) => [fold(word), kind] as const)),
  ),
);

const decoration = /^[\s*_"'“”„«»`#•·-]+|[\s*_"'“”„«»`.,:;!-]+$/gu;
/** Longer lines are looked at no further than for the word that they begin with. */
const longest = 80;

const bare = (line: string): string => foldWidth(line.slice(0, 400)).replace(/ {2,}/g, ' ').replace(decoration, '');

const scriptOf = (letter: string): string =>
  /\p{Script=Han}/u.test(letter)
    ? 'han'
    : /\p{Script=Hiragana}/u.test(letter)
      ? 'hiragana'
      : /[\p{Script=Katakana}ー]/u.test(letter)
        ? 'katakana'
        : 'letter';

/** Scripts without spaces: a word ends where a particle follows; メモリ, メモ帳 and 終了コード are words of their own. */
function endsAt(line: string, at: number): boolean {
  const [last = '', next = ''] = [line[at - 1], line[at]];
  if (!/[\p{L}\p{M}ー]/u.test(next)) return true;
  const [before, behind] = [scriptOf(last), scriptOf(next)];
  return before !== behind && (behind === 'hiragana' || before === 'letter' || behind === 'letter');
}

/** The longest command word that the line begins with, and what stands behind it. */
function beginning(line: string): { name: StaffCommandName; rest: string } | null {
  for (let at = Math.min(line.length, longestForm + 4); at > 0; at--) {
    const name = forms.get(fold(line.slice(0, at)));
    if (name !== undefined && endsAt(line, at)) return { name, rest: argumentIn(line.slice(at)) };
  }
  return null;
}

const argumentIn = (rest: string): string => rest.replace(/^[\s:=.,-]+/u, '');

const days =
  /^([1-9][0-9]{0,2}) ?(?:d|days?|business days?|tage?|werktage?|j|jours?(?: ouvrés)?|d[íi]as?(?: hábiles)?|日間?|営業日)?$/iu;
const severity = /^(?:to |auf |à |a )?([1-4])(?:に)?$/iu;
const reference = /^[#(]?([\p{L}\p{N}][\p{L}\p{N}._/-]{0,39})\)?$/u;
const address = /^(?:.{0,60}<)?(?:mailto:)?([^\s<>@]{1,64}@[^\s<>@]{1,200})>?(?: ?<mailto:[^<>]{1,260}>)?$/iu;
const name = /^[\p{L}][\p{L}\p{M}.'’-]{0,30}(?: [\p{L}][\p{L}\p{M}.'’-]{0,30}){0,3}$/u;
const to = /^(?:to|an|à|au|a|al) (?=\S)/iu;
const politeJa = /(?:さん|様)?(?:に|へ)?$/u;

function personIn(given: string): string | null {
  const rest = given.replace(to, '');
  const byAddress = address.exec(rest)?.[1];
  if (byAddress !== undefined) return byAddress;
  const named = scriptOf(rest.slice(-1)) === 'letter' ? rest : rest.replace(politeJa, '');
  if (!name.test(named)) return null;
  const words = named.split(' ');
  // Two words in small letters may be a name that was typed in haste; more are a sentence.
  return words.length <= 2 ||
    words.every((word) => /^(?:\p{Lu}|\p{Lo}|(?:v[ao]n|de[nrl]?|d[aiu]|la|le|el|al)$)/u.test(word))
    ? named
    : null;
}

function kindIn(rest: string): Omit<Extract<StaffCommand, { name: 'KIND' }>, 'name'> | null {
  const [word = '', id, ...more] = rest.split(/[\s:,]+/u);
  const caseKind = kinds.get(fold(word));
  if (caseKind === undefined || more.length > 0) return null;
  if (id === undefined) return { caseKind, id: null };
  // Ids have digits, words of a sentence have none.
  const found = reference.exec(id)?.[1];
  return found !== undefined && /[0-9]/.test(found) ? { caseKind, id: found } : null;
}

function commandOf(word: StaffCommandName, rest: string): StaffCommand | null {
  switch (word) {
    case 'ASSIGN': {
      const person = personIn(rest);
      return person === null ? null : { name: word, to: person };
    }
    case 'WAIT': {
      const found = days.exec(rest)?.[1];
      return found !== undefined
        ? { name: word, days: Number(found) }
        : rest === ''
          ? { name: word, days: null }
          : null;
    }
    case 'SEVERITY': {
      const found = severity.exec(rest)?.[1];
      return found === undefined ? null : { name: word, severity: Number(found) as Severity };
    }
    case 'KIND': {
      const found = kindIn(rest);
      return found && { name: word, ...found };
    }
    default:
      return rest === '' ? { name: word } : null;
  }
}

/** The command of which the line is one letter off, all of it: `TAEK`, `SEVERTY 2`. `What version?` is not one of WAIT. */
function nearest(line: string): StaffCommandName | null {
  const words = line.split(' ');
  for (let n = Math.min(2, words.length); n > 0; n--) {
    const start = fold(words.slice(0, n).join(' ')).replace(/[:=.,-]+$/u, '');
    const glued = n === 1 ? /^(\D{2,}?)([0-9].*)$/u.exec(start) : null;
    const word = glued?.[1] ?? start;
    const rest = argumentIn([glued?.[2] ?? '', ...words.slice(n)].join(' ').trim());
    for (const [form, name] of forms) {
      const least = scriptOf(form.charAt(0)) === 'letter' ? 4 : 3;
      if (form.length >= least && isOneLetterOff(word, form) && commandOf(name, rest) !== null) return name;
    }
  }
  return null;
}

export function readCommandLine(given: string): ReadLine {
  const line = bare(given);
  if (line === '') return text;
  const begun = beginning(line);
  if (begun) {
    const command = line.length <= longest ? commandOf(begun.name, begun.rest) : null;
    return command ? { kind: 'command', command } : { kind: 'mistyped', near: begun.name };
  }
  if (line.length > longest) return text;
  const near = nearest(line);
  if (near !== null) return { kind: 'mistyped', near };
  return elsewhere.has(fold(line.replace(/ ?#?[0-9]{3,10}$/u, ''))) ? { kind: 'mistyped', near: null } : text;
}

const internal: readonly StaffCommandName[] = ['TAKE', 'NOTE', 'SOLVED', 'WAIT', 'CANCEL'];

/** A command word alone in capitals further down: it acts in the first lines only, and what stands below it may be for us alone. */
export function strayCommand(given: string): StaffCommandName | null {
  const line = bare(given);
  if (
    line.length > longestForm ||
    line === '' ||
    (line !== line.toUpperCase() && scriptOf(line.charAt(0)) === 'letter')
  )
    return null;
  const found = forms.get(fold(line));
  return found !== undefined && internal.includes(found) ? found : null;
}
