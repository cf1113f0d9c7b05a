/** Copied headers (From:, Sent:, To:, Subject:) and the lines that programs draw above them. */
import { forwardTitles, type HeaderKind, headerLabels, originalTitles, replyAboveTitles, wroteWords } from './words.ts';

const kindOf = new Map<string, HeaderKind>();
for (const [kind, labels] of Object.entries(headerLabels) as [HeaderKind, readonly string[]][]) {
  for (const label of labels) if (!kindOf.has(label)) kindOf.set(label, kind);
}

const labelled = /^[\s*_|]{0,12}([\p{L}][\p{L} -]{0,24}?)[\s*_]{0,4}[:：][\s*_]?/u;

/** Which label of a header the line begins with; null is none. */
export function headerKind(line: string): HeaderKind | null {
  const found = labelled.exec(line.slice(0, 60));
  return found === null ? null : (kindOf.get((found[1] ?? '').toLowerCase()) ?? null);
}

const rule = /^\s{0,8}[-_=*─—–]{3,200}\s{0,8}$/;
export const isRule = (line: string): boolean => line.length < 220 && rule.test(line);

const edge = '[\\s*_=#>~─—–-]';
const between = (titles: readonly string[]): RegExp =>
  new RegExp(`^${edge}{0,60}(?:${titles.join('|')})\\s{0,3}[:：.]?${edge}{0,60}$`, 'iu');
const original = between(originalTitles);
const forward = between(forwardTitles);
const replyAbove = between(replyAboveTitles);
const drawn = /^\s{0,8}[*>]{0,2}\s?[-_=#─—–]{2}|[-_=#─—–]{2}\s{0,8}$|[:：][\s*]{0,4}$/;

/** GroupWise: `>>> Anna Berg <anna@example.com> 04.03.24 9:15 >>>`. */
export const isNovellHead = (line: string): boolean =>
  line.length <= 300 && /^\s?>>> \S.{0,250}\d{1,2}[:.]\d{2}.{0,12}>>>\s{0,3}$/.test(line);

/** Notes: `-----Anna Berg/Pumps wrote: -----`, with the copied header below it. */
const notesTitle = new RegExp(`^\\s{0,4}-{3,}.{1,150}(?:${wroteWords.join('|')})\\s?[:：]?\\s?-{2,}\\s{0,4}$`, 'iu');

type Divider = { readonly end: number; readonly forwarded: boolean };

/** A drawn line with a title in it, at `at`; null is none. */
function titled(given: string): Divider | null {
  const line = given.length > 200 ? given : given.replace(/&nbsp;/gi, ' ');
  if (line.length > 200 || line.trim().length < 4) return null;
  if (forward.test(line) && drawn.test(line)) return { end: 0, forwarded: true };
  if (original.test(line) && drawn.test(line)) return { end: 0, forwarded: false };
  return replyAbove.test(line) ? { end: 0, forwarded: false } : null;
}

const sentAt = /(?:19|20)\d\d\P{L}.{0,20}\d{1,2}[:.]\d{2}/u;

/** A copied header from `at` on: its last line, or -1. Addresses may be wrapped; one blank line may stand between two labels. */
function blockEnd(lines: readonly string[], at: number, enough: number): number {
  const kinds = new Set<HeaderKind>();
  let end = -1;
  let wrapped = 0;
  let repeated = 0;
  let previous: HeaderKind | null = null;
  for (let i = at; i < lines.length && i < at + 30; i++) {
    const line = lines[i] ?? '';
    const kind = headerKind(line);
    if (kind !== null) {
      if (kind === previous && (kind === 'from' || kind === 'to' || kind === 'subject')) break;
      if (kinds.has(kind) && ++repeated > 2) break;
      previous = kind;
      kinds.add(kind);
      end = i;
      wrapped = 0;
      // Some phones set two labels in one line.
      for (const other of line.matchAll(/\s([\p{L}]{2,12})\s?:/gu)) {
        const more = kindOf.get((other[1] ?? '').toLowerCase());
        if (more !== undefined) kinds.add(more);
      }
      continue;
    }
    if (line.trim() === '') {
      if (end < 0 || headerKind(lines[i + 1] ?? '') === null) break;
      continue;
    }
    if (++wrapped > 4 || end < 0 || !(/[@<;,]/.test(line) || /^\s/.test(line) || line.length > 60)) break;
    if (!followedByLabel(lines, i)) break;
  }
  // A form about journeys or hours has From and To as well.
  const block = lines.slice(at, end + 1);
  const mailed = kinds.has('subject') || block.some((line) => line.includes('@') || sentAt.test(line.slice(0, 120)));
  const sure = kinds.has('from') && mailed;
  return sure && kinds.size >= enough ? end : -1;
}

function followedByLabel(lines: readonly string[], at: number): boolean {
  for (let i = at + 1; i < lines.length && i <= at + 4; i++) {
    if (headerKind(lines[i] ?? '') !== null) return true;
    if ((lines[i] ?? '').trim() === '') return false;
  }
  return false;
}

const nextWritten = (lines: readonly string[], at: number): number => {
  let i = at;
  while (i < lines.length && i < at + 4 && (lines[i] ?? '').trim() === '') i++;
  return i;
};

const lonely = /^\s{0,8}(?:to|an|à|para|a|aan|til|till)\s{0,8}$/i;
const lonelySubject = /^\s{0,8}(?:subject|betreff|thema|objet|asunto|oggetto|assunto|onderwerp|emne|ämne)(?:\s|$)/i;
const dated = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.{0,20}\d{1,2}[:.]\d{2}/;

/** Lotus Notes: a name, a date, then `To` and `Subject` alone on their lines. */
function notesEnd(lines: readonly string[], at: number): number {
  if (!dated.test((lines[at + 1] ?? '').slice(0, 120)) && !dated.test((lines[at] ?? '').slice(0, 120))) return -1;
  let to = -1;
  for (let i = at + 1; i < lines.length && i <= at + 16; i++) {
    if (to < 0 && i <= at + 6 && lonely.test(lines[i] ?? '')) to = i;
    else if (to >= 0 && lonelySubject.test((lines[i] ?? '').slice(0, 40))) return i;
  }
  return -1;
}

/** What begins at `at` and parts the person's words from an older mail; null is nothing. */
export function divider(lines: readonly string[], at: number): Divider | null {
  const line = lines[at] ?? '';
  if (isNovellHead(line)) return { end: at, forwarded: false };
  if (line.length <= 250 && notesTitle.test(line)) {
    const block = blockEnd(lines, nextWritten(lines, at + 1), 3);
    if (block >= 0) return { end: block, forwarded: false };
  }
  const title = titled(line);
  if (title !== null) {
    const block = blockEnd(lines, nextWritten(lines, at + 1), 1);
    return { end: Math.max(at, block), forwarded: title.forwarded };
  }
  if (isRule(line)) {
    const block = blockEnd(lines, nextWritten(lines, at + 1), 3);
    return block < 0 ? null : { end: block, forwarded: false };
  }
  if (headerKind(line) !== null) {
    const block = blockEnd(lines, at, 3);
    return block < 0 ? null : { end: block, forwarded: false };
  }
  const notes = notesEnd(lines, at);
  return notes < 0 ? null : { end: notes, forwarded: false };
}
