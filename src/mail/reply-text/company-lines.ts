/** Takes off what a company's mail server puts above and below a text: warnings, legal notices, who the company is. */
import {
  bannerMail,
  banners,
  bannerWarns,
  legalMail,
  legalReader,
  legalSecret,
  legalStarts,
  legalTitles,
  legalWrongHands,
  registerWords,
} from './company-words.ts';
import { isRule } from './header-block.ts';
import { isContact, looksAppended } from './signature.ts';
import { footerStarts } from './signature-words.ts';

const blank = (line: string): boolean => line.trim() === '';
const edge = '^[\\s*_>|#~=-]{0,8}';
const title = new RegExp(`${edge}(?:${legalTitles.join('|')})`, 'iu');
const start = new RegExp(`${edge}(?:${legalStarts.join('|')})`, 'iu');
const banner = new RegExp(`${edge}(?:${banners.join('|')})`, 'iu');
const longest = 2_000;

/** `behind` all else it takes less: nobody writes there. */
function isLegal(paragraph: string, behind: boolean): boolean {
  const said = paragraph.slice(0, longest).replace(/^[\s\-_=*─—–]+/, '');
  if (title.test(said)) return true;
  if (new Set(said.toLowerCase().match(registerWords) ?? []).size >= 2) return true;
  if (!legalMail.test(said) || /\?\s*$/.test(said)) return false;
  if (legalWrongHands.test(said) || (behind && (legalSecret.test(said) || legalReader.test(said)))) return true;
  return (start.test(said) || footerStarts.test(said)) && legalSecret.test(said) && legalReader.test(said);
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
function footerAt(lines: readonly string[], behind: boolean): number {
  const all = paragraphs(lines);
  let found = lines.length;
  const written = lines.filter((line) => !blank(line));
  if (behind && written.length <= 12 && written.some(isContact) && looksAppended(written)) return 0;
  for (let i = all.length - 1; i >= 0 && i >= all.length - 24; i--) {
    const { from, to } = all[i] ?? { from: 0, to: 0 };
    const part = lines.slice(from, to);
    if (isLegal(part.join(' '), behind)) found = from;
    else if (!part.every((line) => isRule(line)) && !(part.length <= 8 && looksAppended(part))) break;
  }
  return found;
}

/** What parts a footer from the text. */
const drawn = /^[\s\-_=*─—–]*$/;

/** Linear in the lines. */
export function withoutFooter(lines: readonly string[], behind = false): readonly string[] {
  let end = footerAt(lines, behind);
  if (end < lines.length) while (end > 0 && drawn.test(lines[end - 1] ?? '')) end--;
  return lines.slice(0, end);
}

const isBanner = (said: string): boolean =>
  banner.test(said) && bannerMail.test(said) && (bannerWarns.test(said) || /^\W{0,3}EXTERNAL\b/.test(said));
const stillWarns =
  /\b(?:links?|attachments?|sender|anhänge|absender|pièces|expéditeur|adjuntos|remitente)\b|添付|リンク|送信者|click|aka\.ms/iu;
const mostBanners = 3;

/** Banners are paragraphs of their own, or the sentences above a greeting. */
export function withoutBanner(lines: readonly string[]): readonly string[] {
  let found = 0;
  for (const { from, to } of paragraphs(lines.slice(0, 200))) {
    const part = lines.slice(from, to);
    if (part.every((line) => isRule(line))) continue;
    if (found === mostBanners || !isBanner(part.join(' ').slice(0, 600))) return lines.slice(from);
    found++;
    const own = part.findIndex(
      (line, i) => i > 0 && /[.!。\]】>]\s*$/.test(part[i - 1] ?? '') && !stillWarns.test(line),
    );
    if (own > 0) return lines.slice(from + own);
  }
  return lines.slice(200);
}
