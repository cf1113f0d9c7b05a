/** What a page links to is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const home = join(import.meta.dirname, '../../..');
const pagesIn = (folder: string) =>
  readdirSync(join(home, folder)).flatMap((name) => (name.endsWith('.md') ? [join(folder, name)] : []));
const pages = ['.', 'docs', 'docs/decisions', 'bench', 'demo/mails'].flatMap(pagesIn);

it.each(pages)('%s links to files that are there', (page) => {
  const text = readFileSync(join(home, page), 'utf8');
  const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((found) => found[1] ?? '');
  const missing = links.filter(
    (link) => !/^[a-z]+:/.test(link) && !existsSync(join(home, dirname(page), decodeURIComponent(link))),
  );
  expect(missing).toEqual([]);
});
