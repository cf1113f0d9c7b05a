/** What somebody wrote into an answer, part by part, each with what it answers: for text that is passed on as a whole. */
import { markKnown } from '../known-text/known-text.ts';
import { partSignature } from './signature.ts';
import { blank, isQuote, linesOf, split, unquoted } from './split.ts';

export type AnswerBlock = {
  /** Quoted lines directly above, without their marks. */
  readonly above: readonly string[];
  /** They stand there without any mark that they are quoted, and below no header that says so. */
  readonly bare: boolean;
  readonly own: readonly string[];
  readonly signature: readonly string[];
};

export type AnswerBlocks = {
  readonly blocks: readonly AnswerBlock[];
  /** False where it cannot be told what is the person's and what is quoted. */
  readonly sure: boolean;
};

/** `letter` is what the mail answers; linear in the text. */
export function answerBlocks(text: string, letter: string): AnswerBlocks {
  const lines = linesOf(text);
  const marked = markKnown(lines, [{ text: letter, letter: true }]);
  const { runs, divided, passedOn, unmarked } = split(lines, marked);
  if (passedOn) return { blocks: [], sure: true };
  let end = 0;
  const blocks = runs.map((run): AnswerBlock => {
    const above = lines.slice(end, run.from);
    end = run.from + run.lines.length;
    const inHistory = divided >= 0 && divided < run.from;
    return {
      above: above.map(unquoted),
      bare:
        !inHistory && above.some((line, i) => marked.marks[run.from - above.length + i] === 'known' && !isQuote(line)),
      ...partSignature(run.lines, run.fenced),
    };
  });
  return { blocks: blocks.filter(({ own }) => own.some((line) => !blank(line))), sure: !unmarked };
}
