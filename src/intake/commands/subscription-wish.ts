/**
 * `UNSUBSCRIBE <kind>` and the way back (POLICY §7, §10.6) as people write them: `Bitte melden Sie mich vom Newsletter ab`. The line may hold
 * nothing but the wish, the kinds and what is polite: `unsubscribe dialog hangs` tells of what is wrong.
 */
import { fold, foldWidth } from '../../mail/fold-width.ts';
import { type FixedKind, fixedKinds, type OptionalKind, optionalKinds } from '../../notices/kinds.ts';
import { beginWords, endWords, fillers, japanese, kindWords, letterWords } from './subscription-words.ts';

/** `kinds` empty: none was named. `fixed`: what cannot be ended. */
export type SubscriptionWish = {
  readonly wanted: boolean;
  readonly kinds: readonly OptionalKind[];
  readonly fixed: readonly FixedKind[];
};
type Named = OptionalKind | FixedKind | 'all';

const longest = 120;

const byLength = <T>(given: readonly (readonly [string, T])[]) => given.toSorted(([a], [b]) => b.length - a.length);
const kindPhrases = byLength(
  Object.entries(kindWords).flatMap(([kind, words]) =>
    words.map((word) => [word, { kind: kind as Named, isLetter: letterWords.has(word) }] as const),
  ),
);
const japaneseKinds = Object.entries(japanese.kinds).flatMap(([kind, words]) =>
  words.map((word) => [word, kind as Named] as const),
);
type Verb = { readonly wanted: boolean; readonly alone: boolean };
const verbPhrases = byLength(
  [
    [endWords.alone, { wanted: false, alone: true }],
    [endWords.beside, { wanted: false, alone: false }],
    [beginWords.alone, { wanted: true, alone: true }],
    [beginWords.beside, { wanted: true, alone: false }],
  ].flatMap(([words, verb]) => (words as readonly string[]).map((word) => [word, verb as Verb] as const)),
);

/** Most lines have none, and nothing else is looked for in them. */
const anyVerb = new RegExp(` (?:${verbPhrases.map(([word]) => word).join('|')}) `);

/** Takes out every phrase that stands there by whole words. */
function take<T>(line: string, phrases: readonly (readonly [string, T])[]): { rest: string; found: T[] } {
  const found: T[] = [];
  let rest = line;
  for (const [phrase, what] of phrases) {
    const at = ` ${phrase} `;
    if (!rest.includes(at)) continue;
    rest = rest.replaceAll(at, ' ').replaceAll(at, ' ');
    found.push(what);
  }
  return { rest, found };
}

const isOptional = (one: Named): one is OptionalKind => (optionalKinds as readonly string[]).includes(one);
const isFixed = (one: Named): one is FixedKind => (fixedKinds as readonly string[]).includes(one);

function wishOf(wanted: boolean, named: readonly Named[]): SubscriptionWish {
  const all = named.includes('all');
  return {
    wanted,
    kinds: optionalKinds.filter((kind) => all || named.includes(kind)),
    fixed: fixedKinds.filter((kind) => named.includes(kind)),
  };
}

/** In the order of the list, longest first: what was found is gone. */
function takeJapanese(line: string, words: readonly (readonly [string, Named])[]): { rest: string; found: Named[] } {
  const found: Named[] = [];
  let rest = line;
  for (const [word, kind] of words) {
    if (!rest.includes(word)) continue;
    rest = rest.replaceAll(word, ' ');
    found.push(kind);
  }
  return { rest, found };
}

function inJapanese(line: string, needsVerb: boolean): SubscriptionWish | null {
  const [end] = japanese.end.filter((word) => line.includes(word));
  const [begin] = end === undefined ? japanese.begin.filter((word) => line.includes(word)) : [];
  const verb = end ?? begin;
  if (verb === undefined && needsVerb) return null;
  const { rest, found } = takeJapanese(verb === undefined ? line : line.replace(verb, ' '), japaneseKinds);
  if (rest.replace(japanese.around, '').trim() !== '') return null;
  // By itself such a word may be about anything.
  const isShort = end === '解除' || end === '停止' || end === '不要';
  if (isShort && !found.some(isOptional)) return null;
  return found.length === 0 && verb === undefined ? null : wishOf(begin !== undefined, found);
}

const hasKana = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

const plain = (line: string): string =>
  ` ${fold(foldWidth(line))
    .replace(/s['’]il (?:vous|te) plait/g, ' ')
    .replace(/['’]/g, ' ')
    .replace(/[.,:;!?¡¿"“”«»„()*_`+&/[\]]/g, ' ')
    .split(/\s+/)
    .filter((token) => token !== '' && !/^-+$/.test(token))
    .join(' ')} `;

/** German verbs stand around what they are about: `melden Sie mich vom Newsletter ab`. */
const joined = (line: string): string =>
  line
    .replace(/ (?:melden?|meldet) (.{0,80}) ab /, ' abmelden $1 ')
    .replace(/ (?:bestellen?|bestellt) (.{0,80}) ab /, ' abbestellen $1 ')
    .replace(/ (?:tragen?|tragt|nehmen|nehmt|nimm|streichen?|streicht) (.{0,80}?) aus /, ' herausnehmen $1 ');

function read(line: string, needsVerb: boolean): SubscriptionWish | null {
  if (line.length > longest) return null;
  const folded = joined(plain(line));
  if (hasKana.test(folded)) return inJapanese(folded.trim(), needsVerb);
  if (needsVerb && !anyVerb.test(folded)) return null;
  // `UNSUBSCRIBE end of support`: what is named may hold what is a verb elsewhere.
  const { rest: without, found } = take(folded, kindPhrases);
  const { rest, found: verbs } = take(without, verbPhrases);
  if (rest.split(' ').some((token) => token !== '' && !fillers.has(token))) return null;
  const named = found.map(({ kind }) => kind);
  if (verbs.length === 0) return needsVerb || found.length === 0 ? null : wishOf(false, named);
  const alone = verbs.some((one) => one.alone);
  if (!alone && !found.some(({ isLetter }) => isLetter)) return null;
  return wishOf(
    verbs.every((one) => one.wanted || one.alone !== alone),
    named,
  );
}

/** Null where the line is text. */
export const readSubscription = (line: string): SubscriptionWish | null => read(line, true);

/** What is named in answer to the question which kind is meant: the verb is known. */
export function readKinds(line: string, wanted: boolean): SubscriptionWish | null {
  const said = read(line, true) ?? read(line, false);
  return said && (readSubscription(line) ? said : { ...said, wanted });
}

/** As an argument of a command, and back. */
export const wishText = ({ kinds, fixed }: SubscriptionWish): string => [...kinds, ...fixed].join(' ');
export const wishFrom = (wanted: boolean, argument: string): SubscriptionWish =>
  wishOf(
    wanted,
    argument.split(' ').filter((one): one is Named => isOptional(one as Named) || isFixed(one as Named)),
  );
