/** Marks each line of a quote as known, or as written into it by the person. */
import { type Coverage, longestGap, writtenIn } from './chains.ts';
import type { Mail, MailTextLine } from './mail-lines.ts';
import type { Run } from './runs.ts';
import type { Source } from './tokens.ts';

/** `known` is quoted from a source; `new` was written into a quote of ours; null is left to the patterns. */
export type LineMark = 'known' | 'new' | null;

/** Short lines around and between the runs, found as whole lines in the order of the source. */
function shortLines(mail: Mail, source: Source, chain: readonly Run[], covered: Coverage): Set<number> {
  const known = new Set<number>();
  const [first, last] = [chain[0], chain.at(-1)];
  if (first === undefined || last === undefined) return known;
  const start = mail.lineOf[first.from] ?? 0;
  const end = mail.lineOf[last.to - 1] ?? 0;
  let pointer = source.lineOf[first.at] ?? 0;
  let missed = 0;
  for (let i = start; i < mail.lines.length && missed <= 3; i++) {
    const line = mail.lines[i];
    if (line === undefined || line.from === line.to) continue;
    const lastPlace = covered.get(line.to - 1);
    if (lastPlace !== undefined) {
      pointer = source.lineOf[lastPlace] ?? pointer;
      continue;
    }
    const at = source.byLine.get(line.key)?.find((place) => place >= pointer);
    if (at !== undefined && (i > end || at <= nextPlace(mail, i, end, covered, source))) {
      known.add(i);
      pointer = at + 1;
    } else if (i > end) missed++;
  }
  for (const i of headOf(mail, source, start, source.lineOf[first.at] ?? 0)) known.add(i);
  return known;
}

/** The line of the source that the next covered word of the mail stands in. */
function nextPlace(mail: Mail, line: number, end: number, covered: Coverage, source: Source): number {
  for (let i = line + 1; i <= end && i <= line + longestGap; i++) {
    const from = mail.lines[i]?.from ?? 0;
    const to = mail.lines[i]?.to ?? 0;
    for (let at = from; at < to; at++) {
      const place = covered.get(at);
      if (place !== undefined) return source.lineOf[place] ?? source.lines.length;
    }
  }
  return source.lines.length;
}

/**
 * Lines directly above the first run, where they go back to the very beginning of the letter. Others stay new: a word that the letter
 * asks for may stand in it by itself.
 */
function headOf(mail: Mail, source: Source, start: number, sourceLine: number): number[] {
  const found: number[] = [];
  let expected = sourceLine - 1;
  for (let i = start - 1; i >= 0 && expected >= 0; i--) {
    const line = mail.lines[i];
    if (line === undefined || line.from === line.to) continue;
    if (!source.byLine.get(line.key)?.includes(expected)) return [];
    found.push(i);
    expected--;
  }
  return expected < 0 ? found : [];
}

/** Whether every word of each source line that this mail line holds words of stands in the mail in one piece. */
function isIntact(line: MailTextLine, source: Source, covered: Coverage, has: ReadonlySet<number>): boolean {
  const touched = new Set<number>();
  for (let i = line.from; i < line.to; i++) {
    const place = covered.get(i);
    if (place !== undefined) touched.add(source.lineOf[place] ?? -1);
  }
  for (const at of touched) {
    const one = source.lines[at];
    for (let place = one?.from ?? 0; place < (one?.to ?? 0); place++) if (!has.has(place)) return false;
  }
  return true;
}

export function markChain(
  chain: readonly Run[],
  mail: Mail,
  source: Source,
  covered: Coverage,
  marks: LineMark[],
  perhapsAgain: boolean[],
): void {
  const [first, last] = [chain[0], chain.at(-1)];
  if (first === undefined || last === undefined) return;
  const short = shortLines(mail, source, chain, covered);
  const put = (i: number, mark: LineMark) => {
    marks[i] = mark;
    perhapsAgain[i] = mark === 'known' && !source.letter && mail.lines[i]?.marked === false;
  };
  for (const i of short) put(i, 'known');
  const has = new Set(covered.values());
  const start = mail.lineOf[first.from] ?? 0;
  const end = mail.lineOf[last.to - 1] ?? 0;
  // The place in the source behind the last word that was known.
  let before = first.at;
  for (let i = start; i <= end; i++) {
    const line = mail.lines[i];
    if (line === undefined || short.has(i)) continue;
    if (line.from === line.to) {
      if (line.signs) put(i, 'known');
      continue;
    }
    const n = writtenIn(line, covered);
    const edge = i === start || i === end;
    const editable = (place: number) => source.lines[source.lineOf[place] ?? -1]?.editable === true;
    if (n === 0) {
      const next = firstPlace(mail, i, end, covered) ?? before;
      if (!line.marked) put(i, source.letter ? 'new' : null);
      else if (inList(source, before, next)) put(i, 'new');
      continue;
    }
    const places: number[] = [];
    for (let at = line.from; at < line.to; at++) {
      const place = covered.get(at);
      if (place !== undefined) places.push(place);
    }
    before = (places.at(-1) ?? before) + 1;
    const extra = line.to - line.from - n;
    const point = places.every(editable);
    if (extra === 0) {
      const cut = point && !edge && !isIntact(line, source, covered, has);
      put(i, cut ? 'new' : 'known');
    } else if (source.letter && point) put(i, 'new');
    else if (line.marked)
      put(i, source.letter && writtenBehind(line, covered, source) ? 'new' : n >= extra ? 'known' : null);
    else if (writtenAround(line, covered) || extra > 3 || n < extra) put(i, source.letter ? 'new' : null);
    else put(i, 'known');
  }
  for (let i = start; i < mail.lines.length && (i <= end || short.has(i)); i++) {
    if (mail.lines[i + 1]?.signs && marks[i] === 'known') put(i + 1, 'known');
  }
}

/** Words of the person's own before or behind what was quoted. */
const writtenAround = (line: MailTextLine, covered: Coverage): boolean =>
  !covered.has(line.from) || !covered.has(line.to - 1);

/** Words behind the very end of a line of ours, and none before. */
function writtenBehind(line: MailTextLine, covered: Coverage, source: Source): boolean {
  let last = line.from;
  while (last < line.to && covered.has(last)) last++;
  const place = covered.get(last - 1);
  if (place === undefined || source.lines[source.lineOf[place] ?? -1]?.to !== place + 1) return false;
  for (let at = last; at < line.to; at++) if (covered.has(at)) return false;
  return true;
}

function firstPlace(mail: Mail, line: number, end: number, covered: Coverage): number | null {
  for (let i = line + 1; i <= end && i <= line + longestGap; i++) {
    const found = mail.lines[i];
    for (let at = found?.from ?? 0; at < (found?.to ?? 0); at++) {
      const place = covered.get(at);
      if (place !== undefined) return place;
    }
  }
  return null;
}

/** Between these two words of the source a point of a list is missing, or both stand in a list. */
function inList(source: Source, before: number, next: number): boolean {
  const [above, below] = [source.lineOf[before - 1] ?? 0, source.lineOf[next] ?? source.lines.length - 1];
  for (let at = above + 1; at < below && at <= above + 200; at++) if (source.lines[at]?.editable) return true;
  return source.lines[above]?.editable === true && source.lines[below]?.editable === true;
}
