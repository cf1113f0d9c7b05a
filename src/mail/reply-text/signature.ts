/** Where what a person wrote ends and what the mail program or the company adds begins. */
import { headerKind, isRule } from './header-block.ts';
import {
  advert,
  confidential,
  device,
  footerStarts,
  machine,
  mailNoun,
  noticeTitle,
  ownDevice,
  signOffs,
  thanksSignOffs,
} from './signature-words.ts';
import { trackerTail } from './trackers.ts';

const blank = (line: string): boolean => line.trim() === '';

/** "Sent from my iPhone" and its kin; the links that programs set into it do not count. */
export function isDeviceLine(line: string): boolean {
  if (line.length > 400) return false;
  const plain = line
    .replace(/[[(<]?https?:\/\/[^\s>)\]]{0,300}[>)\]]?/gi, ' ')
    .replace(/[[\]<>()*_]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length === 0 || plain.length > 120) return false;
  if (machine.test(plain) || advert.test(plain)) return true;
  if (!device.start.test(plain)) return false;
  const clause = /^[^,;!]{0,120}/.exec(plain)?.[0] ?? '';
  if (device.thing.test(clause) && clause.split(' ').length <= 12) return true;
  return ownDevice.test(plain) && !/[,;?]/.test(plain) && plain.split(' ').length <= 8;
}

const phone = /(?<![\d.])(?:\+|\(\d|\d)[\d ()./-]{6,18}\d(?!\d)/;
const contact = /[^\s<>()]@[^\s<>()]{1,80}\.\p{L}{2}|(?:https?:\/\/|www\.)[^\s]/iu;
const contactLabel =
  /^\W{0,3}(?:t|tel|tél|telefon|telefono|téléphone|phone|ph|m|mob|mobile|mobil|cell|f|fax|e-?mail|mail|web|www|skype|office)\s?[.:]/iu;
const post =
  /(?<!\p{L})(?:CEO|CTO|CIO|CFO|manager|director|engineer|president|founder|consultant|administrator|developer|GmbH|AG|Ltd|Inc|LLC|S\.?A\.?|B\.?V\.?|A\/S|ApS|AB|Oy|Geschäftsführer|Leiter|directeur|directora?|gerente|direttore)(?!\p{L})/iu;
export const isContact = (line: string): boolean => phone.test(line) || contact.test(line) || contactLabel.test(line);
export const isName = (line: string): boolean =>
  /^[\s*_-]{0,4}\p{Lu}[\p{L}.'’-]{0,30}(?:\s(?:\p{Lu}[\p{L}.,'’-]{0,30}|von|van|de[nrl]?|di|da|la|zu)){1,4}[\s*_]{0,4}$/u.test(
    line,
  );
const isSentence = (line: string): boolean => /\p{Ll}{3}\.\s*$/u.test(line) && line.trim().split(/\s+/).length > 2;

/** Not a form the person filled in: labels are of telephones only, lines are short, nothing is asked. */
export function looksAppended(lines: readonly string[]): boolean {
  return lines.every((line) => {
    if (line.length > 90 || /\?\s*$/.test(line) || isSentence(line)) return false;
    return !/^\s{0,4}[\p{L} ]{2,25}:\s/u.test(line) || isContact(line);
  });
}

const mark = /^\s{0,3}(?:--|—|––|—-|__)\s{0,3}$/;

const written = (lines: readonly string[], from: number, most: number): string[] => {
  const out: string[] = [];
  for (let i = from; i < lines.length && out.length <= most; i++) if (!blank(lines[i] ?? '')) out.push(lines[i] ?? '');
  return out;
};

function isLegal(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim().slice(0, 300);
  if (noticeTitle.test(line)) return true;
  if (!footerStarts.test(line)) return false;
  const paragraph = lines
    .slice(at, at + 6)
    .join(' ')
    .slice(0, 1200);
  return paragraph.length >= 120 && confidential.test(paragraph) && mailNoun.test(paragraph);
}

function startsSignature(lines: readonly string[], at: number, anythingAbove: boolean): boolean {
  const line = lines[at] ?? '';
  if (line.length > 500) return false;
  if (/^-- $/.test(line)) return written(lines, at + 1, 40).length <= 40;
  if (mark.test(line)) return written(lines, at + 1, 14).length <= 14;
  if (isRule(line)) {
    const below = written(lines, at + 1, 15);
    return below.length > 0 && below.length <= 15 && below.some(isAddedBelow) && looksAppended(below);
  }
  if (isDeviceLine(line)) return true;
  return anythingAbove && isLegal(lines, at);
}

const isAddedBelow = (line: string): boolean => isContact(line) || /mailing list/i.test(line);

export const signOff = new RegExp(
  `^[\\s*_]{0,4}(?:${signOffs.join('|')})[\\s,.!*_\\p{Extended_Pictographic}]{0,8}$`,
  'iu',
);
export const thanksSignOff = new RegExp(`^[\\s*_]{0,4}(?:${thanksSignOffs.join('|')})[\\s,.!*_]{0,6}$`, 'iu');

/** Where a closing formula, a name and ways to reach its owner begin; the length of the text where they do not. */
function closingAt(lines: readonly string[]): number {
  const last = lines.findLastIndex((line) => !blank(line));
  for (let i = last, seen = 0; i > 0 && seen < 14; i--) {
    const line = lines[i] ?? '';
    if (blank(line)) continue;
    seen++;
    const polite = signOff.test(line.slice(0, 80));
    if (!polite && !thanksSignOff.test(line.slice(0, 80))) continue;
    const below = written(lines, i + 1, 14);
    if (below.length < 2 || below.length > 12 || !looksAppended(below)) break;
    if (!below.some((one) => isContact(one) || post.test(one))) break;
    return polite ? i : i + 1;
  }
  return bareCard(lines, last);
}

/** A name and at least two ways to reach its owner, set off by a blank line at the very end. */
function bareCard(lines: readonly string[], last: number): number {
  let top = last;
  while (top > 0 && last - top < 9 && !blank(lines[top - 1] ?? '')) top--;
  const card = lines.slice(top, last + 1);
  const above = lines.slice(0, top).findLast((line) => !blank(line));
  if (above === undefined || /[:：]\s*$/.test(above) || headerKind(card[0] ?? '') !== null) return lines.length;
  if (card.length === 1 && /^\s?[-–—~]\p{Lu}\p{L}+\s\p{Lu}\p{L}+\s*$/u.test((card[0] ?? '').slice(0, 60))) return top;
  if (card.length < 3 || !isName(card[0] ?? '') || !looksAppended(card)) return lines.length;
  return card.filter(isContact).length >= 2 ? top : lines.length;
}

type Parted = { readonly own: string[]; readonly signature: string[] };

/** Parts one run of the person's lines; `fenced` says which lines stand in a block of code and are never a signature. */
export function partSignature(all: readonly string[], fenced: readonly boolean[]): Parted {
  const tail = trackerTail(all);
  const lines = tail === all.length ? all : all.slice(0, tail);
  const added = all.slice(tail);
  const own: string[] = [];
  const signature: string[] = [];
  let anything = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (!fenced[i] && !blank(line) && startsSignature(lines, i, anything)) {
      // The person typed below the line that the telephone had put at the top.
      if (!anything && isDeviceLine(line)) {
        signature.push(line);
        continue;
      }
      const closing = Math.min(closingAt(own), trackerTail(own));
      return withoutRule({
        own: own.slice(0, closing),
        signature: [...signature, ...own.slice(closing), ...lines.slice(i), ...added],
      });
    }
    if (!blank(line)) anything = true;
    own.push(line);
  }
  const closing = closingAt(own);
  return withoutRule({ own: own.slice(0, closing), signature: [...signature, ...own.slice(closing), ...added] });
}

/** A rule that ends the text was drawn above the quote, not by the person. */
function withoutRule({ own, signature }: Parted): Parted {
  let end = own.length;
  while (end > 0 && (blank(own[end - 1] ?? '') || isRule(own[end - 1] ?? ''))) end--;
  return end === 0 ? { own, signature } : { own: own.slice(0, end), signature };
}
