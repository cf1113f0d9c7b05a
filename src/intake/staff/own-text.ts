/** What the engineer wrote, part by part, without all that the mail program and the company have put around it. */
import type { MailFacts } from '../../mail/parsed-mail.ts';
import { type AnswerBlocks, answerBlocks } from '../../mail/reply-text/answer-blocks.ts';
import { withoutClosing } from '../../mail/reply-text/closing.ts';
import { withoutBanner, withoutFooter } from '../../mail/reply-text/company-lines.ts';

export const blank = (line: string): boolean => line.trim() === '';

export const trimEnds = (lines: readonly string[]): readonly string[] => {
  const from = lines.findIndex((line) => !blank(line));
  if (from < 0) return [];
  return lines.slice(from, lines.findLastIndex((line) => !blank(line)) + 1).map((line) => line.trimEnd());
};

const signed = '-----BEGIN PGP SIGNED MESSAGE-----\n';
const seal = '\n-----BEGIN PGP SIGNATURE-----';
const sealEnd = '-----END PGP SIGNATURE-----';

/** Signed in the text itself: the seal is taken off, what stands around it stays. */
function withoutArmour(text: string): string {
  const from = text.indexOf(signed);
  const to = text.indexOf(seal, from);
  const end = text.indexOf(sealEnd, to);
  if (from < 0 || to < 0 || end < 0) return text;
  const within = text.slice(from + signed.length, to).replace(/^Hash: .{1,40}\n/, '');
  return `${text.slice(0, from)}${within}${text.slice(end + sealEnd.length)}`;
}

export function ownText(facts: Pick<MailFacts, 'text' | 'from'>, notification: string): AnswerBlocks {
  const { blocks, sure } = answerBlocks(withoutArmour(facts.text), notification);
  const writer = facts.from.kind === 'one' ? facts.from.name : '';
  // Who wrote above the letter writes nothing behind it; between its lines and behind it go together.
  const onTop = blocks[0]?.above.every(blank) === true && blocks.length === 2;
  const cleaned = blocks.map((block, i) => {
    const behind = onTop && i === 1 && block.behind;
    const own = withoutFooter(i === 0 ? withoutBanner(block.own) : block.own, behind);
    return { ...block, own: trimEnds(withoutClosing(own, writer)) };
  });
  return { blocks: cleaned.filter(({ own }) => own.length > 0), sure };
}
