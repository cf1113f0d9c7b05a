/** The line or lines that a mail program sets above a quote: "On Monday … somebody wrote:", over up to five lines. */
import { attributionOpeners, wroteWords } from './words.ts';

const longest = 500;
const wrote = wroteWords.toSorted((a, b) => b.length - a.length).join('|');
const ended = new RegExp(`(?<!\\p{L})(?:${wrote})[\\s*_-]{0,8}[:：]?[\\s*_-]{0,6}$`, 'iu');
const endedByOriental = /(?:写道|寫道|のメール|書きました|작성)\s?[:：]?\s{0,4}$/u;
const said = new RegExp(`(?<!\\p{L})(?:${wrote})(?!\\p{L})`, 'iu');
const opener = new RegExp(`^[\\s*_-]{0,8}(?:(?:${attributionOpeners.join('|')})(?!\\p{L})|在|于|於)`, 'u');
const dateFirst =
  /^[\s*_"“(]{0,6}(?:\p{L}{1,13}[.,]{0,2}\s{1,2}){0,2}(?:\d{4}[-/.年]|\d{1,2}[-/.]\s?\d{1,2}[-/.]|\d{1,2}\.?\s(?:de\s)?\p{L}{3,13}|\p{L}{3,13}\.?\s\d{1,2}|\d{1,2}[:.]\d{2})/u;
const address = /[^\s<>()"']@[^\s<>()"']/;
const yearOrTime = /(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}/;
const clock = /(?<![\d.])\d{1,2}[:.h]\d{2}(?!\d|\.\d)/;
const seconds = /\d:\d\d:\d\d/;
const colonEnd = /[:：][\s*_]{0,4}$/;
const mayEnd = /[:：>)\]-][\s*_]{0,4}$/;
const inFirstPerson =
  /(?<!\p{L})(?:I|we|ich|wir|je|nous|yo|eu|io|ik|wij|jeg|vi|jag|minä|ja|já|я|мы|我|私)(?!\p{L})[^<]{0,20}$/iu;

/** Blank or marked lines directly under it say whether a doubtful line introduces a quote. */
function quoteFollows(lines: readonly string[], at: number): boolean {
  for (let i = at + 1; i < lines.length && i <= at + 3; i++) {
    const line = lines[i] ?? '';
    if (line.trim() !== '') return /^\s{0,3}[>＞|]/.test(line);
  }
  return false;
}

function isAttribution(text: string, quoted: () => boolean): boolean {
  const hasAddress = address.test(text);
  const dated = yearOrTime.test(text);
  if (!hasAddress && !dated && !quoted()) return false;
  const byVerb = ended.test(text) || endedByOriental.test(text);
  const colon = colonEnd.test(text);
  const fromStart = opener.test(text) || dateFirst.test(text);
  if (byVerb) {
    const before = text.replace(ended, '');
    if (inFirstPerson.test(before.slice(-40)) && !hasAddress) return quoted();
    if (hasAddress) return colon ? dated || fromStart || before.length <= 120 : dated;
    if (dated && fromStart && colon) return before.length <= 160 || quoted();
    return colon && before.length <= 100 && quoted();
  }
  if (!dated && !/\d/.test(text)) return false;
  if (colon && said.test(text)) {
    if (hasAddress && fromStart) return true;
    if (hasAddress && text.length <= 200 && dated) return true;
    if (!fromStart && !hasAddress) return dated && text.length <= 160 && !firstPersonAnywhere(text) && quoted();
    if (fromStart && dated) return quoted() || (text.length <= 160 && clock.test(text) && !firstPersonAnywhere(text));
  }
  // Lines of logs have seconds and addresses too.
  if (dateFirst.test(text) && hasAddress && dated)
    return (colon && !seconds.test(text) && /[>)][>)]?\s?[:：]/.test(text)) || quoted();
  return fromStart && colon && dated && text.length <= 160 && quoted();
}

const firstPersonAnywhere = (text: string): boolean =>
  /(?<!\p{L})(?:I|we|ich|wir|je|nous|yo|ik|wij|jeg|jag|ja|я|мы|我)(?!\p{L})/iu.test(text);

const mayStart = (line: string): boolean =>
  opener.test(line) ||
  dateFirst.test(line) ||
  /^(?:[^.!?@]|\.(?!\s)){0,90}@/.test(line) ||
  /^[^.!?@]{1,90}<\s{0,3}$/.test(line) ||
  (line.length <= 120 && colonEnd.test(line) && (said.test(line) || endedByOriental.test(line)));

const blank = (line: string | undefined): boolean => (line ?? '').trim() === '';

/**
 * A moment with its zone and a name, as Gmail wrote in some languages: `2016-03-03 17:21 GMT+01:00 Some One:`. Lines of logs look
 * alike, so without an address it must be a name, and without a colon it must stand by itself.
 */
const zoned =
  /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s\d{1,2}[:.]\d{2}(?:\s?[AP]M)?,?\s(?:(?:GMT|UTC)(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{4}),?\s(.{2,120})$/iu;
const nameWord =
  /^(?:["“(]?\p{Lu}[\p{L}.'’-]*[")”]?|\p{Lo}+|vo[nm]|van|de[nrl]?|d[aiu]|la|le|zu|via|al|bin|dos|das|e|y|[^\s@]{1,64}@[^\s@]{3,200})$/u;

function isZoned(lines: readonly string[], at: number): boolean {
  const [, rest = ''] = zoned.exec((lines[at] ?? '').slice(0, 250).trim()) ?? [];
  if (rest === '') return false;
  const colon = colonEnd.test(rest);
  const words = rest.replace(colonEnd, '').trim().split(/\s+/);
  if (words.length > 6 || !words.every((word) => nameWord.test(word))) return false;
  if (!blank(lines[at - 1])) return false;
  return colon || blank(lines[at + 1]) || /^\s{0,3}[>＞]/.test(lines[at + 1] ?? '');
}

const withQuote = new RegExp(`^(.{10,300}[>)\\]]?\\s?(?:${wrote})\\s?[:：])\\s{2,}\\S`, 'iu');

/** Some telephones set the quote on the line of its attribution. */
function isRunningOn(line: string): boolean {
  const head = withQuote.exec(line.slice(0, longest).trim())?.[1] ?? '';
  return head !== '' && opener.test(head) && address.test(head) && isAttribution(head, () => false);
}

/**
 * The index of the last line of the attribution that begins at `start`, or -1. Where a shorter one ends on the same line the
 * answer is -1 too: the lines above it are the person's.
 */
export function attributionEnd(lines: readonly string[], start: number): number {
  const first = lines[start] ?? '';
  if (!mayStart(first.slice(0, longest))) return -1;
  if (isZoned(lines, start) || isRunningOn(first)) return start;
  let text = '';
  for (let at = start; at < lines.length && at < start + 6; at++) {
    const line = (lines[at] ?? '').trim();
    if (line === '') {
      // Some programs put the address on lines of its own, with blank ones around.
      if (!/^\s{0,3}</.test(lines[at + 1] ?? '')) return -1;
      continue;
    }
    if (at > start && /^[>＞]/.test(line) && !(openBracket(text) && line.length < 80)) return -1;
    text = text === '' ? line : `${text} ${line}`;
    if (text.length > longest) return -1;
    if (!mayEnd.test(line) && !ended.test(line)) continue;
    if (openBracket(text) && !colonEnd.test(line)) continue;
    if (!isAttribution(text, () => quoteFollows(lines, at))) continue;
    if (startsLater(lines, start, at)) return -1;
    return at;
  }
  return -1;
}

/** Whether the person's own words stand in the first of these lines and the attribution begins below them. */
function startsLater(lines: readonly string[], start: number, end: number): boolean {
  const first = (lines[start] ?? '').trim();
  const firstDated = (opener.test(first) && /\d/.test(first)) || dateFirst.test(first);
  for (let later = start + 1; later <= end; later++) {
    const line = (lines[later] ?? '').trim();
    // Under a dated line only a fresh "On …" begins anew: the rest of a date looks like a date too.
    if (!/\d/.test(line) || !(opener.test(line) || (!firstDated && dateFirst.test(line)))) continue;
    const text = lines
      .slice(later, end + 1)
      .map((one) => one.trim())
      .join(' ');
    if ((address.test(text) || said.test(text)) && isAttribution(text, () => quoteFollows(lines, end))) return true;
  }
  return false;
}

const openBracket = (text: string): boolean => text.split('<').length > text.split('>').length;
