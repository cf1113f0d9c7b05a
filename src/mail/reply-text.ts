/**
 * What the person wrote in this mail (MAIL.md §2 "New text"): without quoted text, signature and footer. One pass over the lines;
 * every pattern looks at a bounded piece of a line, so that hostile text takes time by its length only.
 */
import { type KnownText, type Marked, markKnown } from './known-text.ts';
import { attributionEnd } from './reply-text/attribution.ts';
import { divider, isNovellHead } from './reply-text/header-block.ts';
import { isDeviceLine, partSignature } from './reply-text/signature.ts';
import { isTrackerLine } from './reply-text/trackers.ts';

export type ReplyText = {
  /** The person's lines; of a mail that was only passed on, all of it. Empty only where nothing but a quote or a device's line is there. */
  readonly newText: string;
  /** A quote at the very top that nobody introduces and the text goes on from: a part of `newText`, with its marks, and not said by the person. */
  readonly context: string;
  readonly quoted: string;
  readonly signature: string;
  /**
   * False where nothing of the person's own was found above, between or below quotes and the rest was taken rather than lost
   * (a forward, an unmarked quote). No decision may be read from it (POLICY §8).
   */
  readonly own: boolean;
};

const blank = (line: string): boolean => line.trim() === '';
const isQuote = (line: string): boolean => /^ {0,3}[>＞]/.test(line);
const isAdded = (line: string): boolean => isDeviceLine(line) || isTrackerLine(line);
const isPiped = (line: string): boolean => /^ {0,3}\|/.test(line);

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

type Run = { readonly lines: string[]; readonly fenced: boolean[] };
type Split = {
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
  /** Lines around a quote of ours below a copied header, where no pattern tells whose they are. */
  readonly below: string[];
  /** Lines that may be a quote of an earlier mail, or that mail sent again. */
  readonly again: string[];
};

const nothingKnown: Marked = { marks: [], perhapsAgain: [] };
const unquoted = (line: string): string => line.replace(/^(?:\s{0,3}[>＞|]){1,9}\s?/, '').trimStart();

function nextWritten(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && blank(lines[at] ?? '')) at++;
  return at;
}

function split(lines: readonly string[], { marks, perhapsAgain }: Marked): Split {
  const fenced = fences(lines);
  let run: Run = { lines: [], fenced: [] };
  const runs: Run[] = [run];
  const quoted: string[] = [];
  let introduced = false;
  let unmarked = false;
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
  const below: string[] = [];
  const again: string[] = [];
  const leading: string[] = [];
  let atTop = true;
  const outcome = (passedOn: boolean): Split => ({
    ...{ runs, quoted, introduced, passedOn, unmarked },
    ...{ below, again, leading },
  });
  const own = (line: string, inFence: boolean) => {
    if (!blank(line)) atTop = false;
    if (quoting) {
      run = { lines: [], fenced: [] };
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
      own(unquoted(line), false);
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
        // Below an attribution that nothing is marked under, it cannot be told whose the words are: none are cut off.
        if (!marked && ((said && !unmarked) || mark !== null)) {
          for (let rest = i; rest < lines.length; rest++) {
            const inner = lines[rest] ?? '';
            if (marks[rest] === 'new') own(unquoted(inner), false);
            else {
              quoting = true;
              quoted.push(inner);
              if (lastKnown > i && rest > end && marks[rest] === null) below.push(inner);
            }
          }
          return outcome(!said && lastKnown < i && !marks.includes('new', i));
        }
        for (let header = i; header <= end; header++) quoted.push(lines[header] ?? '');
        atTop = false;
        if (mark === null) introduced = true;
        if (!marked && next < lines.length && marks[next] !== 'known') unmarked = true;
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
    own(line, fenced[i] ?? false);
  }
  return outcome(false);
}

/** Some telephones mark the line above the quote as quoted too. */
function introducesItself(lines: readonly string[], at: number): boolean {
  const inner = lines.slice(at, at + 4).map((line) => line.replace(/^ {0,3}[>＞]\s?/, ''));
  return attributionEnd(inner, 0) >= 0;
}

const join = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();

/** Nothing is left but what was known: the best of the rest, or a reply that is only a quote. */
function ofKnown(below: string, again: string, signature: readonly string[]): Pick<ReplyText, 'newText' | 'own'> {
  for (const text of [below, again]) {
    const inner = replyText(text);
    if (inner.own && inner.newText !== '') return { newText: inner.newText, own: true };
  }
  return { newText: join(signature.filter((line) => !isAdded(line))), own: false };
}

/**
 * Text cleaned by `cleanText`, plain or made from HTML with quotes as `> ` lines; of any length. `known` are letters that the mail
 * answers and earlier mails of its case. Never throws.
 */
export function replyText(text: string, known: readonly KnownText[] = []): ReplyText {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00A0\u202F\u2007]/g, ' ')
    .replace(/[\u200B\uFEFF]/g, '')
    .split('\n');
  const marked = known.length === 0 ? nothingKnown : markKnown(lines, known);
  const { runs, quoted, introduced, passedOn, unmarked, below, again, leading } = split(lines, marked);
  const parted = runs.map((run) => partSignature(run.lines, run.fenced));
  const signatureLines = parted.flatMap((part) => part.signature);
  const rest = { context: '', quoted: join(quoted), signature: join(signatureLines) };
  if (passedOn) return { newText: join(lines), ...rest, own: false };
  const newText = parted
    .map((part) => join(part.own))
    .filter((own) => own !== '')
    .join('\n\n');
  if (newText !== '') {
    const context = marked.marks.includes('known') ? '' : join(leading);
    return { ...rest, newText: context === '' ? newText : `${context}\n\n${newText}`, context, own: !unmarked };
  }
  if (marked.marks.includes('known')) {
    const { newText: kept, own } = ofKnown(join(below), join(again), signatureLines);
    return { newText: kept, ...rest, own };
  }
  // A blank reply: a quote that says whose it is, and nothing else, or what a telephone adds by itself.
  const added = signatureLines.every((line) => blank(line) || isAdded(line));
  if (added && (introduced || rest.quoted === '')) return { newText: '', ...rest, own: false };
  // What looks like a signature may be all that was said.
  return { newText: introduced ? rest.signature : join(lines), ...rest, own: false };
}
