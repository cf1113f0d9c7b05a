/** What a subject says to the gateway besides its PIN (`pin-reader.ts`): prefixes, case tag, title. */
import { cleanLine } from '../../foundation/clean-text.ts';
import { foldWidth } from '../fold-width.ts';
import { locatePins, placeOfPin } from '../pin-reader/pin-reader.ts';

const replyWords = [
  ...[
    're',
    'fw',
    'fwd',
    'ref',
    'r',
    'i',
    'rif',
    'aw',
    'antw',
    'antwort',
    'wg',
    'tr',
    'rv',
    'rép',
    'réf',
    'res',
    'resp',
    'enc',
  ],
  ...[
    'sv',
    'vs',
    'vb',
    'vl',
    'vast',
    'lv',
    'odp',
    'pd',
    'doorst',
    'ynt',
    'ilt',
    'atb',
    'trs',
    'bls',
    'ang',
    'přep',
    'hа',
    'отв',
  ],
  ...['ответ', 'пер', 'пересл', '回复', '回覆', '答复', '答覆', '转发', '轉寄', '轉發', '返信', '転送', '답장', '전달'],
];
const prefix = new RegExp(
  `^(?:${replyWords.join('|')}) ?(?:\\[ ?\\d{1,4} ?\\]|\\( ?\\d{1,4} ?\\)|\\^?\\d{1,4})? ?:`,
  'iu',
);
const outsideTag =
  /^(?:\[ ?(?:external|extern|externe|externo|ext|esterno|outside|spam\??|suspected spam|caution|外部) ?\]|(?:\*{1,3}) ?(?:spam|external) ?(?:\*{1,3})|external(?: e?-?mail)? ?:)/iu;

/** Cuts reply and forward prefixes and the tags that mail servers put before a subject. */
export function stripPrefixes(subject: string): string {
  let rest = cleanLine(subject);
  for (let round = 0; round < 50; round++) {
    const folded = foldWidth(rest);
    const found = prefix.exec(folded) ?? outsideTag.exec(folded);
    if (!found) break;
    rest = rest.slice(found[0].length).trimStart();
  }
  return rest;
}

const caseTag = /\[ ?case ?#? ?([0-9]{1,18}) ?\]/iu;

/** Also numbers that no case of ours can have: a title carries no tag but that of its own case. */
const anyCaseTag = /\[ ?case ?#? ?[0-9]+ ?\]/iu;

/** The number in `[Case 100042]`, null where there is none. It routes and proves nothing (MAIL.md §3). */
export const findCaseTag = (subject: string): string | null => caseTag.exec(foldWidth(cleanLine(subject)))?.[1] ?? null;

/**
 * The subject without prefixes, case tag and PINs; where nothing is left, the first line of the new text without its PIN. `named` is
 * a PIN that was recognised in another than a strict form.
 */
export function titleOf(subject: string, newText: string, named: string | null = null): string {
  const ofSubject = bare(subject, named);
  if (ofSubject !== '') return ofSubject;
  // The PIN may fill the first line: then the next one that says something.
  for (const line of newText.slice(0, 20_000).split('\n', 20)) {
    const ofLine = bare(line.slice(0, 2_000), named);
    if (ofLine !== '') return ofLine;
  }
  return '';
}

function bare(text: string, named: string | null): string {
  let rest = stripPrefixes(text);
  const whole = rest;
  for (let round = 0; round < 20; round++) {
    const before = rest;
    const tag = anyCaseTag.exec(foldWidth(rest));
    if (tag) rest = cut(rest, tag.index, tag.index + tag[0].length);
    const [found] = locatePins(rest);
    const place = found ?? (named === null ? null : placeOfPin(rest, named));
    if (place) rest = cut(rest, place.from, place.to, found !== undefined && found.from < found.start);
    rest = stripPrefixes(rest);
    if (rest === before) break;
  }
  // Marks that are left of a piece say nothing; somebody's own `???` does.
  const empty = !/[\p{L}\p{N}\p{S}]/u.test(rest) || /^の?件$/u.test(rest);
  return rest !== whole && empty ? '' : cleanLine(rest, 200);
}

const brackets: ReadonlyMap<string, string> = new Map([
  ['[', ')]'],
  ['(', ')]'],
  ['{', '}'],
  ['<', '>'],
]);

/**
 * Takes a piece out with its brackets and the mark that joined it to what is left. `withWords`: words of the sentence went with it, so
 * that what stands behind a dash is the sentence now.
 */
function cut(text: string, start: number, end: number, withWords = false): string {
  let before = text.slice(0, start).trimEnd();
  let after = text.slice(end).trimStart();
  const open = before.at(-1);
  const close = foldWidth(after.slice(0, 1));
  const closed = open === undefined ? undefined : brackets.get(foldWidth(open));
  if (closed !== undefined) {
    before = before.slice(0, -1).trimEnd();
    if (closed.includes(close) && close !== '') after = after.slice(1);
    // `Question (PIN 345): labels`: the colon belongs to what stands before the brackets.
    if (/\p{L}$/u.test(before) && /^ ?[:：] ?[^\s]/.test(after)) return `${before}${after}`.trim();
  }
  const joined = /^(?:["'”’»](?= |$))?(?:[ :.,;!?)\]|_•·→⇒➔►▶-]|\/ )+/.exec(foldWidth(after))?.[0] ?? '';
  after = after.slice(joined.length);
  if (after === '') before = before.replace(/[\s:,;|–—-]{1,20}$/u, '');
  else if (withWords && before === '' && joined.includes('-'))
    after = after.replace(/^\p{Ll}/u, (c) => c.toUpperCase());
  return `${before} ${after}`.trim();
}
