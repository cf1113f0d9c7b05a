/** The mail's lines by their words, with the number that each has in the sources. */
import { keyOf, weightOf, wordsOf } from './tokens.ts';

const mostLines = 20_000;
const quoteMark = /^ {0,3}[>＞|]/;

export type MailTextLine = {
  readonly from: number;
  readonly to: number;
  readonly key: string;
  readonly marked: boolean;
  /** Nothing but signs: a full stop that was wrapped, a drawn line. */
  readonly signs: boolean;
};

export type Mail = {
  readonly lines: readonly MailTextLine[];
  readonly words: readonly number[];
  readonly lineOf: readonly number[];
  readonly weights: readonly number[];
};

export function readMailLines(lines: readonly string[], ids: ReadonlyMap<string, number>): Mail {
  const words: number[] = [];
  const lineOf: number[] = [];
  const weights: number[] = [];
  const out: MailTextLine[] = [];
  for (const [i, line] of lines.slice(0, mostLines).entries()) {
    const from = words.length;
    const said = wordsOf(line);
    for (const word of said) {
      words.push(ids.get(word) ?? -1);
      lineOf.push(i);
      weights.push(weightOf(word));
    }
    out.push({
      from,
      to: words.length,
      key: keyOf(said),
      marked: quoteMark.test(line),
      signs: said.length === 0 && line.trim() !== '',
    });
  }
  return { lines: out, words, lineOf, weights };
}
