/** One pass over the lines of a mail: which are the person's, in runs, and which are quoted. */
import type { Marked } from '../known-text/known-text.ts';
import { attributionEnd } from './attribution.ts';
import { divider, isNovellHead } from './header-block.ts';
import { partSignature } from './signature.ts';

export const blank = (line: string): boolean => line.trim() === '';
export const isQuote = (line: string): boolean => /^ {0,3}[>＞]/.test(line);
const isPiped = (line: string): boolean => /^ {0,3}\|/.test(line);

/** The lines of a text that was cleaned, with blanks as people see them. */
export const linesOf = (text: string): string[] =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00A0\u202F\u2007]/g, ' ')
    .replace(/[\u200B\uFEFF]/g, '')
    .split('\n');

/** Which lines stand between two fences of code; a fence nobody closes is none. */
function fences(lines: readonly string[]): boolean[] {
  const out = new Array<boolean>(lines.length).fill(false);
  let open = -1;
  for (let i = 0; i < lines.length; i++) {
    if (!/^ {0,3}(?:```|~~~)/.test(lines[i] ?? '')) continue;
    if (open < 0) open = i;
    else {
      out.fill(true, open, i + 1);
      open = -1;
    }
  }
  return out;
}

/** A quoted line that a mail server wrapped: the rest of it stands bare between two marked ones. */
function isWrappedQuote(lines: readonly string[], at: number): boolean {
  const before = lines[at - 1] ?? '';
  const line = lines[at] ?? '';
  return (
    isQuote(before) &&
    isQuote(lines[at + 1] ?? '') &&
    before.length >= 55 &&
    line.length <= 60 &&
    /^\p{Ll}/u.test(line) &&
    !/[.!?:]\s*$/.test(before)
  );
}

type Run = {
  /** Of the lines of the mail, the first. */
  readonly from: number;
  readonly lines: string[];
  readonly fenced: boolean[];
};
export type Split = {
  readonly runs: Run[];
  readonly quoted: string[];
  /** Some quote says whose it is. */
  readonly introduced: boolean;
  /** A mail passed on with nothing above it. */
  readonly passedOn: boolean;
  /** A quote without marks, with nothing above it, so that it cannot be told from the person's words. */
  readonly unmarked: boolean;
  /** Marked lines above all else, with no word of whose they are. */
  readonly leading: string[];
  /** Where a header or attribution begins below which all is quoted, marked or not; -1 where there is none. */
  readonly divided: number;
  /** Lines between a copied header and a letter of ours: the person's, or a warning that their mail server puts there. */
  readonly between: string[];
  /** Lines below a copied header and a letter of ours, where no pattern tells whose they are. */
  readonly below: string[];
  /** Lines that may be a quote of an earlier mail, or that mail sent again. */
  readonly again: string[];
};

export const unquoted = (line: string): string => line.replace(/^(?:\s{0,3}[>＞|]){1,9}\s?/, '').trimStart();

function nextWritten(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && blank(lines[at] ?? '')) at++;
  return at;
}

export function split(lines: readonly string[], { marks, perhapsAgain }: Marked): Split {
  const fenced = fences(lines);
  let run: Run = { from: 0, lines: [], fenced: [] };
  const runs: Run[] = [run];
  const quoted: string[] = [];
  let introduced = false;
  let unmarked = false;
  let marking = false;
  let said = false;
  let judged = 0;
  let piped = false;
  let quoting = false;
  // Only runs that are new since the last mark, or a mail full of marks would take time by the square of it.
  const saysSomething = (): boolean => {
    for (; judged < runs.length; judged++) {
      const one = runs[judged];
      if (one && partSignature(one.lines, one.fenced).own.some((line) => !blank(line))) return true;
    }
    return false;
  };
  const lastKnown = marks.lastIndexOf('known');
  const between: string[] = [];
  const below: string[] = [];
  const again: string[] = [];
  const leading: string[] = [];
  let atTop = true;
  const outcome = (passedOn: boolean, divided = -1): Split => ({
    ...{ runs, quoted, introduced, passedOn, unmarked, divided },
    ...{ between, below, again, leading },
  });
  const own = (line: string, inFence: boolean, at: number) => {
    if (!blank(line)) atTop = false;
    if (quoting) {
      run = { from: at, lines: [], fenced: [] };
      runs.push(run);
      quoting = false;
    }
    run.lines.push(line);
    run.fenced.push(inFence);
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (marks[i] === 'known') {
      atTop = false;
      quoted.push(line);
      if (perhapsAgain[i]) again.push(line);
      quoting = true;
      continue;
    }
    if (marks[i] === 'new') {
      own(unquoted(line), false, i);
      continue;
    }
    if (!fenced[i] && !blank(line)) {
      if ((isQuote(line) && !isNovellHead(line)) || (piped && isPiped(line)) || isWrappedQuote(lines, i)) {
        if (!introduced && quoted.length < 3) introduced = introducesItself(lines, i);
        quoted.push(line);
        if (atTop && !introduced) leading.push(line);
        quoting = true;
        continue;
      }
      const mark = divider(lines, i);
      const end = mark?.end ?? attributionEnd(lines, i);
      if (end >= 0) {
        const next = nextWritten(lines, end + 1);
        const marked = isQuote(lines[next] ?? '') || isPiped(lines[next] ?? '');
        said ||= saysSomething();
        // Below an attribution that nothing is marked under, it cannot be told whose the words are: none are cut off. Nor are
        // they where the quote of an attribution above was marked: the same program would have marked this one.
        if (!marked && ((said && !unmarked && !marking) || mark !== null)) {
          const firstKnown = marks.indexOf('known', i);
          for (let rest = i; rest < lines.length; rest++) {
            const inner = lines[rest] ?? '';
            if (marks[rest] === 'new') own(unquoted(inner), false, rest);
            else {
              quoting = true;
              quoted.push(inner);
              if (lastKnown > i && rest > end && marks[rest] === null)
                (rest < firstKnown ? between : below).push(inner);
            }
          }
          return outcome(!said && lastKnown < i && !marks.includes('new', i), i);
        }
        for (let header = i; header <= end; header++) quoted.push(lines[header] ?? '');
        atTop = false;
        if (mark === null) introduced = true;
        if (mark === null && marked) marking = true;
        if (!marked && !said && next < lines.length && marks[next] !== 'known') unmarked = true;
        piped = isPiped(lines[next] ?? '');
        quoting = true;
        i = end;
        continue;
      }
      piped = false;
    }
    if (quoting && blank(line)) {
      quoted.push(line);
      if (atTop) leading.push(line);
      continue;
    }
    own(line, fenced[i] ?? false, i);
  }
  return outcome(false);
}

/** Some telephones mark the line above the quote as quoted too. */
function introducesItself(lines: readonly string[], at: number): boolean {
  const inner = lines.slice(at, at + 4).map((line) => line.replace(/^ {0,3}[>＞]\s?/, ''));
  return attributionEnd(inner, 0) >= 0;
}
