/** Colours only where somebody looks (NO_COLOR and a pipe are respected), tables that fit the window. */
import { createInterface } from 'node:readline/promises';
import { stripVTControlCharacters, styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

const width = (text: string): number =>
  Array.from(stripVTControlCharacters(text)).reduce(
    (sum, letter) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(letter)
        ? 2
        : 1),
    0,
  );

export const cut = (text: string, most: number): string =>
  width(text) <= most
    ? text
    : `${Array.from(text)
        .slice(0, Math.max(1, most - 1))
        .join('')}…`;

/** Of the window; 80 where there is none to ask. */
export const columns = (): number => Math.max(40, Math.min(process.stdout.columns || 80, 120));

/** Lines of at most so many columns, broken at white space. */
export function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && width(line) + 1 + width(word) > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Columns as wide as they need; the last is cut to the window. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = process.stdout.columns || 120;
  const widths = head.map((title, i) =>
    Math.min(44, Math.max(width(title), ...rows.map((row) => width(row[i] ?? '')))),
  );
  const line = (cells: readonly string[]): string => {
    let left = columns;
    return cells
      .map((cell, i) => {
        const most = i === cells.length - 1 ? Math.max(12, left) : (widths[i] ?? 0);
        const shown = cut(cell, most);
        left -= most + 2;
        return i === cells.length - 1 ? shown : shown + ' '.repeat(Math.max(0, most - width(shown)));
      })
      .join('  ')
      .trimEnd();
  };
  return [paint('bold', line(head)), ...rows.map(line)].join('\n');
}

/** On a terminal one line that grows; elsewhere nothing. */
export function progress(total: number, what: string): { step(by?: number): void; done(): void } {
  const { stderr } = process;
  if (!stderr.isTTY || total < 2) return { step() {}, done() {} };
  let at = 0;
  const draw = () => {
    const full = Math.round((at / total) * 30);
    stderr.write(`\r${'█'.repeat(full)}${'░'.repeat(30 - full)} ${at}/${total} ${what}`);
  };
  draw();
  return {
    step(by = 1) {
      at = Math.min(total, at + by);
      draw();
    },
    done() {
      stderr.write('\r\x1b[K');
    },
  };
}

/** Anything but a y is a no, and so is the end of the input. */
export async function confirmed(question: string): Promise<boolean> {
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((done) => asked.once('close', () => done('')));
  try {
    return /^y(?:es)?$/i.test((await Promise.race([asked.question(`${question} y/N `), ended])).trim());
  } finally {
    asked.close();
  }
}

/** `postern … | head` has read enough: that is no fault, and what was begun is done to its end. */
let readOn = true;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  readOn = false;
});

export const print = (text: string): void => {
  if (readOn) process.stdout.write(`${text}\n`);
};
/** One line of JSON each. */
export const printJson = (value: unknown): void => print(JSON.stringify(value));
