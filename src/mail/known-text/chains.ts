/** Groups matching runs into quotes, and decides whether a group is large enough to be one. */
import type { Mail, MailTextLine } from './mail-lines.ts';
import type { Run } from './runs.ts';
import type { Source } from './tokens.ts';

/** So much in our order is a quote without any mark (MAIL.md §2). */
const quotedWords = 15;
const quotedLines = 3;
/** Between two runs of one quote. */
export const longestGap = 25;

/** Runs of one source in its order, close to each other. */
export function chainsOf(runs: readonly Run[], mail: Mail): Run[][] {
  const chains: Run[][] = [];
  for (const run of runs) {
    const chain = chains.at(-1);
    const last = chain?.at(-1);
    const gap = last === undefined ? 0 : (mail.lineOf[run.from] ?? 0) - (mail.lineOf[last.to - 1] ?? 0);
    const goesOn = last !== undefined && last.source === run.source && run.at >= last.at + last.to - last.from;
    if (chain !== undefined && goesOn && gap <= longestGap) chain.push(run);
    else chains.push([run]);
  }
  return chains;
}

/** Words of the mail that the chain holds, and the place of each in the source. */
export type Coverage = Map<number, number>;

export function covers(chain: readonly Run[]): Coverage {
  const covered: Coverage = new Map();
  for (const { from, to, at } of chain) for (let i = from; i < to; i++) covered.set(i, at + i - from);
  return covered;
}

export const writtenIn = (line: MailTextLine, covered: Coverage): number => {
  let n = 0;
  for (let i = line.from; i < line.to; i++) if (covered.has(i)) n++;
  return n;
};

/**
 * A phrase of ours in the person's own line above or below a quote is no part of it: a bare line at either end that the quote does not
 * fill, unless it is a point of a list.
 */
export function withoutEnds(chain: readonly Run[], mail: Mail, source: Source): readonly Run[] {
  const stray = (run: Run): boolean => {
    const line = mail.lineOf[run.from] ?? 0;
    const found = mail.lines[line];
    if (found === undefined || found.marked || line !== mail.lineOf[run.to - 1]) return false;
    const whole = run.from === found.from && run.to === found.to;
    return !whole && source.lines[source.lineOf[run.at] ?? -1]?.editable !== true;
  };
  let [from, to] = [0, chain.length];
  while (to - from > 1 && stray(chain[from] as Run)) from++;
  while (to - from > 1 && stray(chain[to - 1] as Run)) to--;
  return from === 0 && to === chain.length ? chain : chain.slice(from, to);
}

export function isWholeQuote(chain: readonly Run[], mail: Mail, source: Source, covered: Coverage): boolean {
  const [first, last] = [chain[0], chain.at(-1)];
  if (first === undefined || last === undefined) return false;
  let weight = 0;
  for (const i of covered.keys()) weight += mail.weights[i] ?? 0;
  const start = mail.lineOf[first.from] ?? 0;
  const end = mail.lineOf[last.to - 1] ?? 0;
  let whole = 0;
  let written = 0;
  let marked = true;
  let points = true;
  for (let i = start; i <= end; i++) {
    const line = mail.lines[i];
    if (line === undefined || line.from === line.to) continue;
    written++;
    if (!line.marked) marked = false;
    const n = writtenIn(line, covered);
    if (n === line.to - line.from) whole++;
    for (let at = line.from; at < line.to && points; at++) {
      const place = covered.get(at);
      if (place !== undefined && source.lines[source.lineOf[place] ?? -1]?.editable !== true) points = false;
    }
  }
  if (marked) return true;
  // A point of a list that was copied is an answer: "YES S17: the person is registered".
  if (points && written <= 2) return false;
  return weight >= quotedWords || whole >= quotedLines;
}
