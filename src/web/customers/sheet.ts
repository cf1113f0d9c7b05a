/** The style of the pages for customers: the tokens of the console, which stand in one place, and a sheet of their own. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const at = (name: string): string => join(import.meta.dirname, '..', 'assets', name);

export async function customerSheet(): Promise<string> {
  const [console, own] = await Promise.all([
    readFile(at('console.css'), 'utf8'),
    readFile(at('customer-pages.css'), 'utf8'),
  ]);
  const [tokens] = /^:root \{[^}]*\}/m.exec(console) ?? [];
  if (tokens === undefined) throw new Error('console.css begins with no tokens');
  return `${tokens}\n${own}`;
}
