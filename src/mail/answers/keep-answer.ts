/**
 * What somebody answers to the question who stays on record (POLICY §8.10): lines such as `KEEP ada@firm.example`, `max@firm.example: remove`,
 * `KEEP ALL`. A line that says something else is none: `do not remove max@firm.example` removes nobody. Linear in the text.
 */
import { normaliseAddress } from '../address/address.ts';
import { conjunctions, courtesies, exceptWords, keepAll, keepVerbs, removeVerbs } from './keep-words.ts';

export type KeepLine =
  | { readonly word: 'keep' | 'remove'; readonly addresses: readonly string[] }
  /** All who are asked about, but these. */
  | { readonly word: 'keep-all'; readonly except: readonly string[] };

const longestLine = 600;
const longestName = 60;

const fold = (text: string): string => text.toLowerCase().replace(/[’`´]/g, "'");
const words = (text: string): string =>
  fold(text)
    .replace(/[*_"“”„«»()[\]!.。、,;:=>→–—-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const verbs = new Map<string, 'keep' | 'remove'>([
  ...removeVerbs.map((verb) => [verb, 'remove'] as const),
  ...keepVerbs.map((verb) => [verb, 'keep'] as const),
]);
const wholeLines = new Set(keepAll);
/** Longest first, so that `has left the company` is not `has left`. */
const byLength = (list: Iterable<string>): string[] => [...list].toSorted((a, b) => b.length - a.length);
const allVerbs = byLength(verbs.keys());
const openings = byLength(exceptWords);
const polite = byLength(courtesies);

const isWide = (text: string): boolean => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);

/** Without the courtesies before and behind. */
function plain(text: string): string {
  let left = text;
  for (let again = true; again; ) {
    again = false;
    for (const one of polite) {
      if (left.startsWith(`${one} `)) left = left.slice(one.length).trim();
      else if (left === one) left = '';
      else if (left.endsWith(` ${one}`) || (isWide(one) && left.endsWith(one) && left !== one))
        left = left.slice(0, -one.length).trim();
      else continue;
      again = true;
      break;
    }
  }
  return left;
}

/** `を`, `は` and the like tie a Japanese verb to what stands before it. */
const verbOf = (text: string): 'keep' | 'remove' | null => {
  const said = words(text);
  const tied = said.replace(/^(?:さん|様|氏)?\s*(?:を|は|も|が|の)\s*/u, '');
  // `no` alone is Spanish as well as English, `non` French: all of them say that somebody goes.
  return verbs.get(said) ?? verbs.get(tied) ?? verbs.get(plain(tied)) ?? null;
};

/** Somebody's name, as it stands before an address: no words that could turn the line round. */
const turning =
  /(?:^|[\s,])(?:not|no|don't|do|never|all|everyone|everybody|except|but|only|if|nicht|kein|keine|alle|außer|nur|wenn|pas|ne|tous|tout|sauf|si|todos|todo|salvo|excepto|solo|only|nobody|niemand|personne|nadie)(?:$|[\s,])/;
function isName(text: string): boolean {
  const name = text.replace(/[<>"“”„«»()]/g, ' ').replace(/^[\s,;:–—-]+|[\s,;:–—-]+$/g, '');
  if (name === '') return true;
  if (name.length > longestName || turning.test(fold(name)) || /[?!.](?:\s|$)/.test(name)) return false;
  const parts = name.split(/[\s,]+/);
  return parts.length <= 5 && parts.every((part) => /^\p{Lu}/u.test(part) || isWide(part) || part.length <= 3);
}

/** The verb that a text begins with, and what follows it. */
function opening(text: string): { readonly word: 'keep' | 'remove'; readonly rest: string } | null {
  const small = fold(text);
  for (const verb of allVerbs) {
    if (!small.startsWith(verb)) continue;
    const next = small.charAt(verb.length);
    if (next === '' || /[\s:<"“=>-]/.test(next) || (isWide(verb) && !/[\p{L}]/u.test(next)))
      return { word: verbs.get(verb) ?? 'keep', rest: text.slice(verb.length) };
  }
  return null;
}

const mail = /[^\s<>()[\],;:"“”„«»、。|]+@[^\s<>()[\],;:"“”„«»、。|をはも]+/gu;

/** Between two addresses: nothing but signs, a word for `and`, or the name of the next. */
function isBetween(text: string): boolean {
  const left = text.replace(/^[\s>,;、&+]+/, '').trim();
  const [first = '', ...rest] = left.split(/\s+/);
  return isName(conjunctions.includes(fold(first)) ? rest.join(' ') : left);
}

/** What may follow the addresses of a verb: nothing, a courtesy, or a reason behind a sign. */
function isEnd(text: string): boolean {
  const left = text.replace(/^[\s>"”»)\]]+/, '').trim();
  return /^[.。!,;]*$/.test(left) || plain(words(left)) === '' || /^(?:[:(–—]|- )[^?]{1,300}$/.test(left);
}

function readLine(given: string): KeepLine | null {
  if (given.length > longestLine) return null;
  const line = given
    .normalize('NFKC')
    .replace(/mailto:/gi, '')
    .replace(/^[\s>*•·・–—-]+/, '')
    .replace(/[`*_]/g, '')
    .trim();
  if (/[?？]$/.test(line)) return null;
  const found = [...line.matchAll(mail)];
  const addresses = found.flatMap(([text]) => normaliseAddress(text.replace(/[.!?']+$/, '')) ?? []);
  const [first] = found;
  if (!first) {
    const said = words(line);
    if (wholeLines.has(said) || wholeLines.has(plain(said))) return { word: 'keep-all', except: [] };
    const alone = verbOf(line);
    return alone === null ? null : { word: alone, addresses: [] };
  }
  if (addresses.length !== found.length) return null;
  const last = found.at(-1) ?? first;
  const head = line.slice(0, first.index).trim();
  const tail = line.slice(last.index + last[0].length);
  const between = found.slice(1).every((one, i) => {
    const before = found[i];
    return before !== undefined && isBetween(line.slice(before.index + before[0].length, one.index));
  });
  if (!between) return null;
  const plainHead = plainOpening(head);
  const begins = opening(plainHead);
  if (begins && isName(begins.rest) && isEnd(tail)) return { word: begins.word, addresses };
  const except = exceptOf(head);
  if (except && isEnd(tail)) return { word: 'keep-all', except: addresses };
  const verb = isName(head) && !/[?？]/.test(tail) ? verbOf(tail.replace(/^[\s>)\]"”]+/, '')) : null;
  return verb === null ? null : { word: verb, addresses };
}

/** `Please remove`: without what is only polite. */
function plainOpening(head: string): string {
  const small = fold(head);
  const found = polite.find((one) => small.startsWith(`${one} `) || small.startsWith(`${one}, `));
  return found === undefined ? head : head.slice(found.length).replace(/^[\s,]+/, '');
}

function exceptOf(head: string): boolean {
  const said = words(head);
  const found = openings.find((one) => said.endsWith(` ${one}`));
  return found !== undefined && wholeLines.has(plain(said.slice(0, -found.length).trim()));
}

const ownLines = (newText: string): string[] =>
  newText
    .slice(0, 60_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 2_000);

/** Where people are reached, or what lawyers have to say: no line that asks for something. */
const isContactLine = (line: string): boolean =>
  line.length > 160 ||
  /^\W*(?:e-?mail|mail|correo|courriel|mél|web|www|tel|phone|メール)\b/iu.test(line) ||
  /^\W*メール/u.test(line);

/** Lines with an address that say something else; not the writer's own, as it stands in a signature. */
export const otherLines = (newText: string, own: readonly string[]): string[] =>
  ownLines(newText).filter((line) => {
    if (isContactLine(line)) return false;
    const found = line.normalize('NFKC').match(mail) ?? [];
    return found.some((one) => !own.includes(normaliseAddress(one) ?? one)) && readLine(line) === null;
  });

/** The answers in the new text, in their order. A word without an address counts on the first lines only: it may stand in a signature. */
export function keepAnswers(newText: string): KeepLine[] {
  const given = ownLines(newText);
  return given.flatMap((line, at) => {
    const found = readLine(line);
    if (!found) return [];
    const bare = found.word !== 'keep-all' && found.addresses.length === 0;
    return bare && at > 2 ? [] : [found];
  });
}
