/** What a subject says to the gateway (POLICY §3, "The PIN in the subject"): prefixes, PINs, case tag, title. */
import { cleanLine } from '../foundation/clean-text.ts';
import { isSupportPin, markedByDigit, normalisePrivilegedPin } from '../foundation/pin-form.ts';

/** Full-width forms and odd white space become ASCII one for one, so that places found here are places in the original. */
export const foldWidth = (value: string): string =>
  plainAscii.test(value) ? value.replace(/[\t\n\v\f\r]/g, ' ') : foldAll(value);

const plainAscii = /^[\x00-\x7f]*$/;

const foldAll = (value: string): string =>
  value
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0\u180e\u200b-\u200d\u2060\u2800\u3164\ufeff]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u3010\u3014]/g, '[')
    .replace(/[\u3011\u3015]/g, ']')
    .replace(/\u3002/g, '.')
    .replace(/\u3001/g, ',');

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

type FoundPin = { readonly pin: string; readonly start: number; readonly end: number };

// Scripts written without spaces may stand right before the word.
const pinWord =
  /(?<![\p{N}\p{M}_\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])pin ?(?:(?:no|nr|n[°º]|№|番号|番號|号码|號碼) ?\.? ?[:#=]?|[:#=-])? ?(?:([0-9]{3,10})|(?<=[^nN])(p[0-9a-z]{9}))(?![0-9\p{L}\p{M}_])/giu;
const mayFollow = /^(?:$|[ :.,;)\]]|-(?:[ \p{L}]))/u;

/** None that was never issued: one word of ten letters with p in thirty-seven would be one. */
function privileged(text: string): string | null {
  const pin = normalisePrivilegedPin(text);
  return pin !== null && markedByDigit(pin) ? pin : null;
}

function locatePins(text: string): FoundPin[] {
  const folded = foldWidth(text).replace(/ {2,}/g, (run) => ` ${'\u0001'.repeat(run.length - 1)}`);
  // Runs of spaces are one to the pattern; the fillers keep places true.
  const places: number[] = [];
  let packed = '';
  for (let i = 0; i < folded.length; i++) {
    if (folded[i] === '\u0001') continue;
    places.push(i);
    packed += folded[i];
  }
  places.push(folded.length);
  const out: FoundPin[] = [];
  for (const match of packed.matchAll(pinWord)) {
    const end = match.index + match[0].length;
    if (!mayFollow.test(packed.slice(end, end + 2))) continue;
    const digits = match[1];
    const pin = digits !== undefined ? (isSupportPin(digits) ? digits : null) : privileged(match[2] ?? '');
    if (pin !== null) out.push({ pin, start: places[match.index] ?? 0, end: places[end] ?? folded.length });
  }
  return out;
}

/** Every different PIN of the subject in its order; privileged ones as `p` and upper case. */
export const findPins = (subject: string): string[] => [...new Set(locatePins(subject).map((found) => found.pin))];

/**
 * The PIN that stands alone on the first line of the new text (`PIN 345`, or a bare privileged one), null where there is none.
 * `own`: the text is the sender's; out of what may be a quote no privileged PIN is taken, for it is used by being read.
 */
export function findPinAlone(newText: string, own = true): string | null {
  const line = firstLine(newText);
  const bare = privileged(foldWidth(line).trim());
  if (bare !== null) return own ? bare : null;
  const [found, ...more] = locatePins(line);
  if (found === undefined || more.length > 0) return null;
  const around = foldWidth(line.slice(0, found.start) + line.slice(found.end));
  if (!own && !isSupportPin(found.pin)) return null;
  return /^[ [\](){}.,;:*]*$/.test(around) ? found.pin : null;
}

/** The first line that holds anything. */
export function firstLine(text: string): string {
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, Math.min(end < 0 ? text.length : end, at + 2000)).trim();
    if (line !== '') return line;
    if (end < 0) break;
    at = end + 1;
  }
  return '';
}

const caseTag = /\[ ?case ?#? ?([0-9]{1,18}) ?\]/iu;

/** Also numbers that no case of ours can have: a title carries no tag but that of its own case. */
const anyCaseTag = /\[ ?case ?#? ?[0-9]+ ?\]/iu;

/** The number in `[Case 100042]`, null where there is none. It routes and proves nothing (MAIL.md §3). */
export const findCaseTag = (subject: string): string | null => caseTag.exec(foldWidth(cleanLine(subject)))?.[1] ?? null;

/** The subject without prefixes, case tag and PINs; where nothing is left, the first line of the new text without its PIN. */
export function titleOf(subject: string, newText: string): string {
  const ofSubject = bare(subject);
  if (ofSubject !== '') return ofSubject;
  // The PIN may fill the first line: then the next one that says something.
  for (const line of newText.slice(0, 20_000).split('\n', 20)) {
    const ofLine = bare(line.slice(0, 2_000));
    if (ofLine !== '') return ofLine;
  }
  return '';
}

function bare(text: string): string {
  let rest = stripPrefixes(text);
  for (let round = 0; round < 20; round++) {
    const before = rest;
    const tag = anyCaseTag.exec(foldWidth(rest));
    if (tag) rest = cut(rest, tag.index, tag.index + tag[0].length);
    const [found] = locatePins(rest);
    if (found) rest = cut(rest, found.start, found.end);
    rest = stripPrefixes(rest);
    if (rest === before) break;
  }
  return cleanLine(rest, 200);
}

/** Takes a piece out with its brackets and the mark that joined it to what is left. */
function cut(text: string, start: number, end: number): string {
  let before = text.slice(0, start).trimEnd();
  let after = text.slice(end).trimStart();
  const open = before.at(-1);
  const close = foldWidth(after.slice(0, 1));
  if (open !== undefined && '[(【（［'.includes(open)) {
    before = before.slice(0, -1).trimEnd();
    if (close === ']' || close === ')') after = after.slice(1);
  }
  const joined = /^[ :.,;)\]|-]+/.exec(foldWidth(after))?.[0].length ?? 0;
  after = after.slice(joined);
  if (after === '') before = before.replace(/[\s:,;|–—-]{1,20}$/u, '');
  return `${before} ${after}`.trim();
}
