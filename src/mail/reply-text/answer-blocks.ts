/** What somebody wrote into an answer, part by part, each with what it answers: for text that is passed on as a whole. */
import { firstLine } from '../first-line.ts';
import { type Marked, markKnown } from '../known-text/known-text.ts';
import { keyOf, wordsOf } from '../known-text/tokens.ts';
import { looksAppended, partSignature } from './signature.ts';
import { blank, isQuote, linesOf, split, unquoted } from './split.ts';

type AnswerBlock = {
  /** Quoted lines directly above, without their marks. */
  readonly above: readonly string[];
  /** They stand there without any mark that they are quoted, and below no header that says so. */
  readonly bare: boolean;
  /** Behind the whole letter, below text above it: where mail servers put what they add. */
  readonly behind: boolean;
  readonly own: readonly string[];
  readonly signature: readonly string[];
};

export type AnswerBlocks = {
  readonly blocks: readonly AnswerBlock[];
  /** False where it cannot be told what is the person's and what is quoted. */
  readonly sure: boolean;
};

const leastWords = 4;

/** The letter's first line, above which one answers, is known wherever it stands: a client may have left nothing else of it. */
function withAnswerLine(lines: readonly string[], letter: string, { marks, perhapsAgain }: Marked): Marked {
  const words = wordsOf(firstLine(letter));
  if (words.length < leastWords) return { marks, perhapsAgain };
  const first = keyOf(words);
  return {
    marks: lines.map((line, i) => (line.length < 200 && keyOf(wordsOf(line)) === first ? 'known' : (marks[i] ?? null))),
    perhapsAgain,
  };
}

const looseMark = /^\s{0,3}(?:--|—|––|—-|__)\s{0,3}$/;

/** A dash alone is drawn between two parts of a text as well: what has sentences below it is no signature. */
function parted(run: { readonly lines: string[]; readonly fenced: boolean[] }): Pick<AnswerBlock, 'own' | 'signature'> {
  const found = partSignature(run.lines, run.fenced);
  const [first = '', ...below] = found.signature;
  const loose = looseMark.test(first) && first !== '-- ';
  return loose && !looksAppended(below) ? { own: run.lines, signature: [] } : found;
}

/** `letter` is what the mail answers; linear in the text. */
export function answerBlocks(text: string, letter: string): AnswerBlocks {
  const lines = linesOf(text);
  const marked = withAnswerLine(lines, letter, markKnown(lines, [{ text: letter, letter: true }]));
  const { runs, divided, passedOn, unmarked } = split(lines, marked);
  if (passedOn) return { blocks: [], sure: true };
  const last = keyOf(wordsOf(letter.trimEnd().split('\n').at(-1) ?? ''));
  let end = 0;
  const blocks = runs.map((run): AnswerBlock => {
    const above = lines.slice(end, run.from);
    end = run.from + run.lines.length;
    const inHistory = divided >= 0 && divided < run.from;
    return {
      above: above.map(unquoted),
      bare:
        !inHistory && above.some((line, i) => marked.marks[run.from - above.length + i] === 'known' && !isQuote(line)),
      behind: run.from > 0 && above.some((line) => last !== '' && keyOf(wordsOf(line)) === last),
      ...parted(run),
    };
  });
  return { blocks: blocks.filter(({ own }) => own.some((line) => !blank(line))), sure: !unmarked };
}
