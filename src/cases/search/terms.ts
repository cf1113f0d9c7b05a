/** What is looked for in cases, what of it an index of words can say, and what only the text itself does. */
import { folded, joined, pairs, type Run, runsOf } from './folded.ts';

export type Term =
  /** A word that begins so; `whole`: that is it. */
  | { readonly kind: 'word'; readonly text: string; readonly whole: boolean }
  /** Letters of a script without spaces, found anywhere. */
  | { readonly kind: 'letters'; readonly text: string }
  /** In quotes, or typed without a space as `VLT-4711` is: these, one behind the other. `goesOn`: the last one may be longer. */
  | { readonly kind: 'phrase'; readonly runs: readonly Run[]; readonly goesOn: boolean }
  /** In the address of somebody who wrote, one behind the other; the last one may go on. */
  | { readonly kind: 'sender'; readonly words: readonly string[] };

/** All that is searched of a case. */
export type Searched = {
  readonly number: string;
  readonly title: string;
  readonly messages: readonly { readonly author: string; readonly text: string; readonly files: readonly string[] }[];
  /** Address of whoever asked for it. */
  readonly requester: string;
};

/** Of a shorter word the beginning says nothing: it is looked for as it stands. */
const shortest = 3;
const begins = (word: string): boolean => word.length >= shortest;

const termOf = ({ text, spaced }: Run): Term =>
  spaced ? { kind: 'word', text, whole: !begins(text) } : { kind: 'letters', text };

/** All of them have to be there, wherever; none: nothing is looked for. */
export function termsOf(typed: string, { phrase }: { readonly phrase: boolean }): Term[] {
  const runs = runsOf(typed);
  const [first] = runs;
  const last = runs.at(-1);
  if (first === undefined || last === undefined) return [];
  if (phrase && runs.length > 1) return [{ kind: 'phrase', runs, goesOn: false }];
  // A number of a part, an address, the name of a file. Where a script without spaces is within, people leave out what stands between.
  if (!phrase && runs.length > 1 && !/\s/.test(typed.trim()) && runs.every(({ spaced }) => spaced))
    return [{ kind: 'phrase', runs, goesOn: begins(last.text) }];
  if (!phrase) return runs.map(termOf);
  return [first.spaced ? { kind: 'word', text: first.text, whole: true } : termOf(first)];
}

export function senderTerm(typed: string): Term | null {
  const words = runsOf(typed).map(({ text }) => text);
  return words.length === 0 ? null : { kind: 'sender', words };
}

/** Of a case, each once: what stands in the index. Words of senders stand there a second time, behind a mark that no word has. */
const senderMark = '@';

const wordsOf = (text: string): string[] => runsOf(text).flatMap((run) => (run.spaced ? [run.text] : pairs(run.text)));

const sendersOf = ({ messages, requester }: Searched): string[] => [
  ...new Set([requester, ...messages.map(({ author }) => author)]),
];
const textsOf = (of: Searched): string[] => [
  of.number,
  of.title,
  ...sendersOf(of),
  ...of.messages.flatMap(({ text, files }) => [text, ...files]),
];

/** No text vector of PostgreSQL holds more than a megabyte; words that are beyond it are not found. */
const mostBytes = 900_000;

export function indexed(of: Searched): string[] {
  const all = new Set<string>();
  let bytes = 0;
  const put = (word: string): void => {
    if (all.has(word) || bytes > mostBytes) return;
    all.add(word);
    bytes += Buffer.byteLength(word) + 4;
  };
  for (const sender of sendersOf(of)) for (const { text } of runsOf(sender)) put(`${senderMark}${text}`);
  for (const text of textsOf(of)) for (const word of wordsOf(text)) put(word);
  return [...all];
}

const lexeme = (word: string, begin = false): string => `'${word.replaceAll(/['\\]/g, '$&$&')}'${begin ? ':*' : ''}`;

const ofLetters = (text: string): string[] => {
  const all = pairs(text);
  return all.length === 1 ? [lexeme(text, true)] : all.slice(0, -1).map((pair) => lexeme(pair));
};

function lexemesOf(term: Term): string[] {
  switch (term.kind) {
    case 'word':
      return [lexeme(term.text, !term.whole)];
    case 'letters':
      return ofLetters(term.text);
    case 'phrase':
      return term.runs.flatMap(({ text, spaced }, i) =>
        spaced ? [lexeme(text, term.goesOn && i === term.runs.length - 1)] : ofLetters(text),
      );
    case 'sender':
      return term.words.map((word, i) => lexeme(`${senderMark}${word}`, i === term.words.length - 1 && begins(word)));
    default:
      return term satisfies never;
  }
}

/** As PostgreSQL reads a `tsquery`. Every case that has the terms is found by it, and where `isExact` no other. */
export const indexQuery = (terms: readonly Term[]): string => [...new Set(terms.flatMap(lexemesOf))].join(' & ');

const isExactTerm = (term: Term): boolean => {
  if (term.kind === 'letters') return pairs(term.text).length <= 2;
  if (term.kind === 'sender') return term.words.length === 1;
  return term.kind === 'word';
};
export const isExact = (terms: readonly Term[]): boolean => terms.every(isExactTerm);

/** At the side of a word there is nothing, or a space; letters of a script without spaces stand anywhere. */
function hasPhrase(text: readonly Run[], { runs, goesOn }: Term & { kind: 'phrase' }): boolean {
  const [first, last] = [runs[0], runs.at(-1)];
  const all = ` ${joined(text)} `;
  const sought = `${first?.spaced ? ' ' : ''}${joined(runs)}${last?.spaced && !goesOn ? ' ' : ''}`;
  return all.includes(sought);
}

/** Whether a text has it: first whether its letters are there at all, which most texts fail. */
function hasWords(text: string, term: Term): boolean {
  switch (term.kind) {
    // Letters that stand together: no run of letters ends within them.
    case 'letters':
      return folded(text).includes(term.text);
    case 'word':
      return (
        folded(text).includes(term.text) &&
        runsOf(text).some(
          ({ text: one, spaced }) => spaced && (term.whole ? one === term.text : one.startsWith(term.text)),
        )
      );
    case 'phrase': {
      const all = folded(text);
      return term.runs.every((run) => all.includes(run.text)) && hasPhrase(runsOf(text), term);
    }
    case 'sender': {
      const sought = ` ${term.words.join(' ')}${begins(term.words.at(-1) ?? '') ? '' : ' '}`;
      return ` ${joined(runsOf(text))} `.includes(sought);
    }
    default:
      return term satisfies never;
  }
}

export const holds = (of: Searched, terms: readonly Term[]): boolean =>
  terms.every((term) => (term.kind === 'sender' ? sendersOf(of) : textsOf(of)).some((text) => hasWords(text, term)));

/** What the index cannot say, of a case that it has found. */
export const inexact = (terms: readonly Term[]): readonly Term[] => terms.filter((term) => !isExactTerm(term));
