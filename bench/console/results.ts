/** The console's part of RESULTS.md: it stands between its heading and the next, and the rest is left as it is. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from '../lib/machine.ts';
import type { Scale } from './rows.ts';

const heading = '## The console';
const file = join(import.meta.dirname, '..', 'RESULTS.md');

/** `text` with this part in the place of the one that was there, or at its end. */
export function withPart(text: string, part: string): string {
  const from = text.indexOf(`${heading}\n`);
  if (from < 0) return `${text.trimEnd()}\n\n${part}`;
  const next = text.indexOf('\n## ', from + heading.length);
  return `${text.slice(0, from)}${part}${next < 0 ? '' : text.slice(next + 1)}`;
}

/** What another bench writes anew keeps this part. */
export const partOf = (text: string): string => {
  const from = text.indexOf(`${heading}\n`);
  if (from < 0) return '';
  const next = text.indexOf('\n## ', from + heading.length);
  return `${text.slice(from, next < 0 ? undefined : next + 1).trimEnd()}\n`;
};

export function writeResults(lines: readonly string[], { mails, cases, sites }: Scale): void {
  const [cores = '', versions = ''] = machine();
  const head = [
    heading,
    '',
    `Written by \`node bench/console/run.ts --write\` on ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC: ${mails.toLocaleString('en-GB')} mails, ${cases.toLocaleString('en-GB')} cases, ${(cases * 2).toLocaleString('en-GB')} letters, ${sites.toLocaleString('en-GB')} sites. ${cores}; ${versions}.`,
    '',
  ];
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '# Results\n';
  writeFileSync(file, withPart(text, `${[...head, ...lines].join('\n').trimEnd()}\n\n`));
}
