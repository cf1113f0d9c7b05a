/** Where in a case a search found what it looked for: a piece of text around the first word of it that no row of a list shows anyway. */
import { folded, runsOf } from './folded.ts';
import type { Searched, Term } from './terms.ts';

export type FoundIn = {
  readonly where: 'text' | 'file' | 'sender';
  readonly before: string;
  readonly hit: string;
  readonly after: string;
};

const [mostBefore, mostAfter, mostHit] = [40, 80, 80];

const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ');

/** What a word of the text has to begin with, or hold, so that the term may be there. */
function soughtOf(term: Term): string {
  switch (term.kind) {
    case 'word':
    case 'letters':
      return term.text;
    case 'phrase':
      return term.runs[0]?.text ?? '';
    case 'sender':
      return term.words[0] ?? '';
    default:
      return term satisfies never;
  }
}

const isHit = (word: string, term: Term, sought: string): boolean => {
  if (term.kind === 'letters') return folded(word).includes(sought);
  const whole = (term.kind === 'word' && term.whole) || (term.kind === 'phrase' && term.runs.length > 1);
  return runsOf(word).some(({ text }) => (whole ? text === sought : text.startsWith(sought)));
};

/** In a script without spaces a word is a whole sentence: of it the letters alone, where they can be told. */
function hitWithin(word: string, term: Term, sought: string): readonly [begin: number, hit: string] {
  const compared = folded(word);
  const at = term.kind === 'letters' && compared.length === word.length ? compared.indexOf(sought) : -1;
  return at < 0 ? [0, word] : [at, word.slice(at, at + sought.length)];
}

function around(text: string, term: Term): Omit<FoundIn, 'where'> | null {
  const sought = soughtOf(term);
  // Most texts do not have it, which is seen without looking at their words.
  if (sought === '' || !folded(text).includes(sought)) return null;
  for (const { 0: word, index } of text.matchAll(/\S+/gu)) {
    if (!isHit(word, term, sought)) continue;
    const [begin, hit] = hitWithin(word, term, sought);
    const start = index + begin;
    const end = start + hit.length;
    const [from, to] = [Math.max(0, start - mostBefore), Math.min(text.length, end + mostAfter)];
    return {
      before: `${from > 0 ? '…' : ''}${oneLine(text.slice(from, start).toWellFormed())}`,
      hit: hit.length > mostHit ? `${hit.slice(0, mostHit).toWellFormed()}…` : hit,
      after: `${oneLine(text.slice(end, to).toWellFormed())}${to < text.length ? '…' : ''}`,
    };
  }
  return null;
}

/** Null: what was looked for stands in the number, the title or the requester, or nobody can say where. */
export function foundIn({ number, title, requester, messages }: Searched, terms: readonly Term[]): FoundIn | null {
  for (const term of terms) {
    const shown = term.kind === 'sender' ? [requester] : [number, title, requester];
    if (shown.some((text) => around(text, term) !== null)) continue;
    for (const { author, text, files } of messages) {
      const sender = around(author, term);
      if (sender) return { where: 'sender', ...sender };
      if (term.kind === 'sender') continue;
      const inText = around(text, term);
      if (inText) return { where: 'text', ...inText };
      for (const file of files) {
        const inFile = around(file, term);
        if (inFile) return { where: 'file', ...inFile };
      }
    }
  }
  return null;
}
