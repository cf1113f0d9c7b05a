/** Words of a line as they survive mail programs: without quote marks, emphasis, bullets, links and the width of characters. */

/** A stored text that a mail may quote. */
export type KnownText = {
  readonly text: string;
  /** A letter of ours: whoever answers it may write into its lists. Else an earlier mail of the case. */
  readonly letter: boolean;
};

const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー';
/** Scripts without spaces are wrapped anywhere, so there each character stands for itself. */
const token = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{M}])+|\\p{N}+`, 'gu');
const oneUnspaced = new RegExp(`^[${unspaced}]$`, 'u');
const links = /<[^<>\s]{1,1000}>|(?:https?:\/\/|mailto:|tel:)[^\s<>)\]]{1,2000}/gi;

const longestLine = 20_000;
/** Outlook's round ones of the second kind. */
const bullet = /^[\s>|]{0,20}o\s{2,}(?=\S)/;

export const wordsOf = (line: string): readonly string[] =>
  line.slice(0, longestLine).replace(bullet, '').replace(links, ' ').normalize('NFKC').toLowerCase().match(token) ?? [];

/** Two characters without spaces count as one word. */
export const weightOf = (word: string): number => (oneUnspaced.test(word) ? 0.5 : 1);

type SourceLine = {
  readonly from: number;
  readonly to: number;
  /** A point of a list or a fact that was set in: people fill these in where they stand. */
  readonly editable: boolean;
};

export type Source = {
  readonly letter: boolean;
  readonly words: readonly number[];
  readonly lineOf: readonly number[];
  readonly lines: readonly SourceLine[];
  /** Whole lines by their words, up to `mostAlike` places each. */
  readonly byLine: ReadonlyMap<string, readonly number[]>;
};

const listed = /^\s*[-*•]\s|^ {2,}\S/;
const mostAlike = 8;
const longestSource = 20_000;

export const keyOf = (words: readonly string[]): string => words.join(' ');

/** `ids` numbers the words of all sources; words that stand in none have no number. */
export function readSource(known: KnownText, ids: Map<string, number>): Source {
  const words: number[] = [];
  const lineOf: number[] = [];
  const lines: SourceLine[] = [];
  const byLine = new Map<string, number[]>();
  for (const line of known.text.slice(0, longestSource).split('\n')) {
    const said = wordsOf(line);
    if (said.length === 0) continue;
    const from = words.length;
    for (const word of said) {
      const id = ids.get(word) ?? ids.size;
      ids.set(word, id);
      words.push(id);
      lineOf.push(lines.length);
    }
    const key = keyOf(said);
    const places = byLine.get(key) ?? [];
    if (places.length < mostAlike) places.push(lines.length);
    byLine.set(key, places);
    lines.push({ from, to: words.length, editable: known.letter && listed.test(line) });
  }
  return { letter: known.letter, words, lineOf, lines, byLine };
}
