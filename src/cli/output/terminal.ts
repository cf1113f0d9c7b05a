/** Colours only where somebody looks (NO_COLOR and a pipe are respected), tables that fit the window. */
import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { layoutTable } from './table-layout.ts';

export { wrap, wrapParts } from './table-layout.ts';

type Style = Parameters<typeof styleText>[0];

export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

/** Of the window; 80 where there is none to ask. */
export const terminalColumns = (): number => Math.max(40, Math.min(process.stdout.columns || 80, 120));

/** `layoutTable` for this window; where nobody looks at one, lines are as long as they need. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const [first = '', ...rest] = layoutTable(head, rows, process.stdout.isTTY ? terminalColumns() : 400);
  return [paint('bold', first), ...rest].join('\n');
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

/** What is wrong and what to do about it; the command goes on to its end and exits with 1. */
export const fail = (says: string): void => {
  process.stderr.write(`${says}\n`);
  process.exitCode = 1;
};
