/**
 * The end of a text that goes out under another name: closing formula, the writer's name and what stands below it. Stricter than
 * `signature.ts`, which keeps "Regards, Kim" as something that was said.
 */
import { isContact, isName, looksAppended, signOff, thanksSignOff } from './signature.ts';
import { signOffs } from './signature-words.ts';

const blank = (line: string): boolean => line.trim() === '';
const frame = /^\s{0,8}(?:[-_=*─━—–＝＊~〜+◇◆□■◎☆★・]\s?){5,120}\s*$/u;
const other = 'br|rgds|cdt|atte|saludos cordiales|(?:viele|liebe|beste) grüße|gr(?:uß|üße)';
const thanked = '(?:many )?thanks|thank you|(?:vielen |besten )?dank|danke|merci|(?:muchas )?gracias';
const formulas = `${signOffs.join('|')}|${other}`;
const withName = new RegExp(`^[\\s*_]{0,4}(?:${formulas})[\\s,.!-]{1,4}(.{1,60})$`, 'iu');
/** Formulas of those in a hurry, and those that thank and greet in one. */
const more = new RegExp(
  `^[\\s*_]{0,4}(?:(?:${thanked}) (?:and|und|et|y|&|,) (?:${formulas})|${other})[\\s,.!*_]{0,6}$`,
  'iu',
);
/** Asked of somebody, in the place of a closing formula. */
const stays = /お願い(?:いた|致|申し上げ)?し?ます/u;
const unspacedName = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・\s]{1,16}$/u;
const mostBelow = 12;

/** The writer's own name, in part or whole, with a dash or a slash before it. */
function isWriter(line: string, writer: string): boolean {
  const said = line.replace(/^[\s*_/~–—-]+|[\s*_.,]+$/g, '').toLowerCase();
  if (said === '' || said.length > 60) return false;
  const names = writer
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((part) => part.length > 1);
  const words = said.split(/\s+/);
  if (words.length <= 4 && words.every((word) => names.includes(word))) return true;
  return words.length === 1 && said === names.map((part) => part.charAt(0)).join('');
}

const isAnyName = (line: string, writer: string): boolean =>
  isWriter(line, writer) ||
  isName(line) ||
  /^\s{0,4}[-–/~]?\s?\p{Lu}[\p{L}.'’-]{0,24}\s*$/u.test(line) ||
  unspacedName.test(line.trim());

const written = (lines: readonly string[]): string[] => lines.filter((line) => !blank(line));

/** Whether nothing but a card stands there: names, posts, ways to reach them. */
const isCard = (below: readonly string[], writer: string): boolean =>
  below.length <= mostBelow &&
  looksAppended(below) &&
  (below.length === 0 || isAnyName(below[0] ?? '', writer) || below.some(isContact));

function formulaAt(lines: readonly string[], writer: string): number {
  for (let i = lines.length - 1, seen = 0; i >= 0 && seen <= mostBelow; i--) {
    const line = lines[i] ?? '';
    if (blank(line)) continue;
    seen++;
    const head = line.slice(0, 90);
    const below = written(lines.slice(i + 1));
    const said = stays.test(head) || (thanksSignOff.test(head) && !more.test(head));
    // In two languages: "Mit freundlichen Grüßen / Kind regards".
    const polite = !said && head.split(/\s\/\s/).every((part) => signOff.test(part) || more.test(part));
    if (polite) return isCard(below, writer) ? i : lines.length;
    const named = withName.exec(head)?.[1];
    if (named !== undefined && isAnyName(named, writer) && isCard(['A B', ...below], 'A B')) return i;
    // Thanks are said to somebody: they stay, the name below goes.
    if (said)
      return below.length > 0 && isAnyName(below[0] ?? '', writer) && isCard(below, writer) ? i + 1 : lines.length;
  }
  return lines.length;
}

/** A block that is drawn around, as Japanese mails have it. */
function frameAt(lines: readonly string[]): number {
  for (let i = Math.max(0, lines.length - 20); i < lines.length; i++) {
    if (!frame.test(lines[i] ?? '')) continue;
    const below = written(lines.slice(i + 1)).filter((line) => !frame.test(line));
    if (below.length > 0 && below.length <= mostBelow && below.some(isContact) && looksAppended(below)) return i;
  }
  return lines.length;
}

/** The name alone below the text, or at the head of a card of at least one more line. */
function nameAt(lines: readonly string[], writer: string): number {
  const last = lines.findLastIndex((line) => !blank(line));
  for (let i = last, seen = 0; i > 0 && seen < 8; i--) {
    const line = lines[i] ?? '';
    if (blank(line)) continue;
    seen++;
    const head = line.split(/\s[|·•,]\s|,\s/)[0] ?? '';
    if (!isWriter(head, writer)) continue;
    const above = lines.slice(0, i).findLast((one) => !blank(one)) ?? '';
    // "Ask for:" is followed by whom to ask for.
    return !/[:：]\s*$/.test(above) && looksAppended(lines.slice(i + 1, last + 1)) ? i : lines.length;
  }
  return lines.length;
}

/** `writer` is the name as the mail's From has it; empty where it has none. */
export function withoutClosing(given: readonly string[], writer: string): readonly string[] {
  let lines = given;
  for (const find of [frameAt, nameAt, formulaAt]) {
    lines = lines.slice(0, find(lines, writer));
    lines = lines.slice(0, lines.findLastIndex((line) => !blank(line)) + 1);
  }
  return lines;
}
