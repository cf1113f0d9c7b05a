/** Takes off what a company's mail server puts above and below a text: warnings, legal notices, who the company is. */
import {
  banners,
  legalMail,
  legalReader,
  legalSecret,
  legalTitles,
  legalWrongHands,
  registerWords,
} from './company-words.ts';
import { isRule } from './header-block.ts';
import { looksAppended } from './signature.ts';

const blank = (line: string): boolean => line.trim() === '';
const edge = '^[\\s*_>|#~=-]{0,8}';
const title = new RegExp(`${edge}(?:${legalTitles.join('|')})`, 'iu');
const banner = new RegExp(`${edge}(?:${banners.join('|')})`, 'iu');
const longest = 2_000;

function isLegal(paragraph: string): boolean {
  const said = paragraph.slice(0, longest);
  if (title.test(said)) return true;
  if (new Set(said.toLowerCase().match(registerWords) ?? []).size >= 2) return true;
  if (!legalMail.test(said) || /\?\s*$/.test(said)) return false;
  return legalWrongHands.test(said) || (legalSecret.test(said) && legalReader.test(said));
}

/** Paragraphs as places of their first and last line. */
function paragraphs(lines: readonly string[]): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = [];
  lines.forEach((line, i) => {
    if (blank(line)) return;
    const last = out.at(-1);
    if (last && last.to === i && !isRule(line)) last.to = i + 1;
    else out.push({ from: i, to: i + 1 });
  });
  return out;
}

/** Where the footers begin: from there on all is legal, and whatever stands between such paragraphs is no sentence. */
function footerAt(lines: readonly string[]): number {
  const all = paragraphs(lines);
  let found = lines.length;
  for (let i = all.length - 1; i >= 0 && i >= all.length - 24; i--) {
    const { from, to } = all[i] ?? { from: 0, to: 0 };
    const part = lines.slice(from, to);
    if (isLegal(part.join(' '))) found = from;
    else if (!part.every((line) => isRule(line)) && !(part.length <= 8 && looksAppended(part))) break;
  }
  return found;
}

/** Linear in the lines. */
export function withoutFooter(lines: readonly string[]): readonly string[] {
  let end = footerAt(lines);
  while (end > 0 && end < lines.length && (blank(lines[end - 1] ?? '') || isRule(lines[end - 1] ?? ''))) end--;
  return lines.slice(0, end);
}

/** Banners are short paragraphs; one that runs on into a greeting has a line of its own. */
export function withoutBanner(lines: readonly string[]): readonly string[] {
  const all = paragraphs(lines);
  for (const { from, to } of all) {
    const part = lines.slice(from, to);
    if (part.every((line) => isRule(line))) continue;
    const said = part.join(' ').slice(0, 600);
    if (!banner.test(said)) return from === 0 ? lines : lines.slice(from);
    // The sentence goes on over the lines that were wrapped.
    const own = part.findIndex(
      (line, i) =>
        i > 0 &&
        /[.!。\]】]\s*$/.test(part[i - 1] ?? '') &&
        !/\b(?:links?|attachments?|sender|anhänge|absender|pièces|expéditeur|adjuntos|remitente)\b|添付|リンク|送信者|click|aka\.ms/iu.test(
          line,
        ),
    );
    return own < 0 ? withoutBanner(lines.slice(to)) : lines.slice(from + own);
  }
  return [];
}
