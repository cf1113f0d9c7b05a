/**
 * What quotes us is known to us (MAIL.md §2): the lines of a mail that stand in a letter of ours which it answers, or in an earlier
 * mail of its case, indented or wrapped otherwise. In linear time.
 */
import { chainsOf, covers, isWholeQuote, withoutEnds } from './chains.ts';
import { readMailLines } from './mail-lines.ts';
import { type LineMark, markChain } from './marks.ts';
import { findRuns } from './runs.ts';
import { type KnownText, readSource } from './tokens.ts';

export type { KnownText } from './tokens.ts';

export type Marked = {
  readonly marks: readonly LineMark[];
  /** Known only from an earlier mail of the case, without quote marks: somebody may as well have sent it again. */
  readonly perhapsAgain: readonly boolean[];
};

/** `lines` are those of the mail's whole text. Never throws. */
export function markKnown(lines: readonly string[], known: readonly KnownText[]): Marked {
  const marks = new Array<LineMark>(lines.length).fill(null);
  const perhapsAgain = new Array<boolean>(lines.length).fill(false);
  const ids = new Map<string, number>();
  const sources = known.map((one) => readSource(one, ids));
  const mail = readMailLines(lines, ids);
  for (const found of chainsOf(findRuns(mail, sources, ids.size), mail)) {
    const source = sources[found[0]?.source ?? -1];
    if (source === undefined) continue;
    const chain = withoutEnds(found, mail, source);
    const covered = covers(chain);
    if (isWholeQuote(chain, mail, source, covered)) markChain(chain, mail, source, covered, marks, perhapsAgain);
  }
  return { marks, perhapsAgain };
}
