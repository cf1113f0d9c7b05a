/**
 * What the person wrote in this mail (MAIL.md §2 "New text"): without quoted text, signature and footer. One pass over the lines;
 * every pattern looks at a bounded piece of a line, so that hostile text takes time by its length only.
 */
import { type KnownText, type Marked, markKnown } from '../known-text/known-text.ts';
import { isDeviceLine, partSignature } from './signature.ts';
import { blank, linesOf, type Split, split } from './split.ts';
import { isTrackerLine } from './trackers.ts';

type ReplyText = {
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

const isAdded = (line: string): boolean => isDeviceLine(line) || isTrackerLine(line);
const nothingKnown: Marked = { marks: [], perhapsAgain: [] };

const join = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();

/** Nothing is left but what was known: the best of the rest, or a reply that is only a quote. */
function ofKnown({ below, again, between }: Split, signature: readonly string[]): Pick<ReplyText, 'newText' | 'own'> {
  for (const lines of [below, again, between]) {
    const inner = replyText(join(lines));
    if (inner.own && inner.newText !== '') return { newText: inner.newText, own: lines !== between };
  }
  return { newText: join(signature.filter((line) => !isAdded(line))), own: false };
}

/**
 * Text cleaned by `cleanText`, plain or made from HTML with quotes as `> ` lines; of any length. `known` are letters that the mail
 * answers and earlier mails of its case. Never throws.
 */
export function replyText(text: string, known: readonly KnownText[] = []): ReplyText {
  const lines = linesOf(text);
  const marked = known.length === 0 ? nothingKnown : markKnown(lines, known);
  const parts = split(lines, marked);
  const { runs, quoted, introduced, passedOn, unmarked, leading } = parts;
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
    return { ...rest, ...ofKnown(parts, signatureLines) };
  }
  // A blank reply: a quote that says whose it is, and nothing else, or what a telephone adds by itself.
  const added = signatureLines.every((line) => blank(line) || isAdded(line));
  if (added && (introduced || rest.quoted === '')) return { newText: '', ...rest, own: false };
  // What looks like a signature may be all that was said.
  return { newText: introduced ? rest.signature : join(lines), ...rest, own: false };
}
