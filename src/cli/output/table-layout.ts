/** Tables for a window of so many columns. Nothing is cut: what does not fit is wrapped; the last column also goes on lines of its own. */
import { stripVTControlCharacters } from 'node:util';

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Columns that a text takes in a terminal; letters of East Asia take two. */
export const width = (text: string): number =>
  Array.from(stripVTControlCharacters(text)).reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0);

function cut(text: string, most: number): string {
  if (width(text) <= most) return text;
  let kept = '';
  let used = 0;
  for (const letter of Array.from(text)) {
    used += wide.test(letter) ? 2 : 1;
    if (used > Math.max(1, most - 1)) break;
    kept += letter;
  }
  return `${kept}…`;
}

/** Lines of at most so many columns, broken at white space; a word that is longer is broken where it has to be. */
export function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  const put = (word: string): void => {
    if (line !== '' && width(line) + 1 + width(word) <= most) line = `${line} ${word}`;
    else {
      if (line !== '') lines.push(line);
      line = word;
    }
  };
  for (const word of text.split(/\s+/)) {
    let rest = word;
    while (width(rest) > most && most > 1) {
      const head = cut(rest, most + 1).slice(0, -1) || rest.slice(0, 1);
      put(head);
      rest = rest.slice(head.length);
    }
    if (rest !== '' || word === '') put(rest);
  }
  return [...lines, line];
}

/** Parts with a dot between them, in lines of at most so many columns; a part stays on one line where it fits. */
export function wrapParts(parts: readonly string[], most: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = `${last} · ${part}`;
    if (last !== undefined && width(joined) <= most) lines[lines.length - 1] = joined;
    else lines.push(...wrap(part, most));
  }
  return lines;
}

const gap = 2;
const least = 10;

/** Widths that fit: the widest column gives way first, down to ten columns each. */
function fitted(natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  let over = widths.reduce((sum, one) => sum + one, 0) + gap * (widths.length - 1) - room;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= least) break;
    widths[widths.indexOf(widest)] = widest - 1;
    over -= 1;
  }
  return widths;
}

/** A row; what does not fit its column goes on below it, in the same column. */
function line(cells: readonly string[], widths: readonly number[]): string[] {
  const parts = cells.map((cell, i) => (width(cell) <= (widths[i] ?? 0) ? [cell] : wrap(cell, widths[i] ?? 0)));
  return Array.from({ length: Math.max(...parts.map((one) => one.length)) }, (_, at) =>
    parts
      .map((one, i) => {
        const shown = one[at] ?? '';
        return shown + ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(shown)));
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

/** A last cell may have lines of its own. */
const wrapped = (cell: string, most: number): string[] => cell.split('\n').flatMap((text) => wrap(text, most));

/** The lines of a table, the head first. `beside`: how narrow the last column may get before it goes below its row. */
export function layoutTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  room: number,
  beside = 28,
): string[] {
  const natural = head.map((title, i) =>
    Math.max(width(title), ...rows.map((row) => Math.max(...(row[i] ?? '').split('\n').map(width)))),
  );
  const first = natural.slice(0, -1);
  const last = natural.at(-1) ?? 0;
  const before = first.reduce((sum, one) => sum + one + gap, 0);
  if (before + Math.min(last, beside) <= room) {
    const widths = [...first, Math.max(beside, room - before)];
    return [head, ...rows].flatMap((row) =>
      wrapped(row[head.length - 1] ?? '', widths.at(-1) ?? beside).flatMap((part, i) =>
        line(i === 0 ? [...row.slice(0, -1), part] : [...first.map(() => ''), part], widths),
      ),
    );
  }
  const widths = fitted(first, room);
  const indent = ' '.repeat((widths[0] ?? 0) + gap);
  return [
    ...line(head.slice(0, -1), widths),
    ...rows.flatMap((row) => [
      ...line(row.slice(0, -1), widths),
      ...wrapped(row[head.length - 1] ?? '', room - indent.length).map((part) => indent + part),
    ]),
  ];
}
