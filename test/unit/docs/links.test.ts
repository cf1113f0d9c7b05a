/** What a page links to, or names by its path, is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { layers } from '../../architecture/layers.ts';

const home = join(import.meta.dirname, '../../..');
const pagesIn = (folder: string) =>
  readdirSync(join(home, folder)).flatMap((name) => (name.endsWith('.md') ? [join(folder, name)] : []));
const pages = ['.', 'docs', 'docs/decisions', 'bench', 'demo/mails', '.github/ISSUE_TEMPLATE'].flatMap(pagesIn);

it.each(pages)('%s links to files that are there', (page) => {
  const text = readFileSync(join(home, page), 'utf8');
  const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((found) => found[1] ?? '');
  const missing = links.filter(
    (link) => !/^[a-z]+:/.test(link) && !existsSync(join(home, dirname(page), decodeURIComponent(link))),
  );
  expect(missing).toEqual([]);
});

const modules = Object.keys(layers).flatMap((module) => module.split('/')[1] ?? []);
const tops = ['src', 'workers', 'test', 'bench', 'bin', 'deploy', 'templates', ...modules];
const path = new RegExp(`(?<![\\w./<-])(?:${tops.join('|')})/[\\w./-]*\\w`, 'g');

/** From the top of the repository or from `src/`, with or without `.ts`. A module with a layer may come later. */
const missingPaths = (text: string): string[] =>
  [...text.matchAll(path)]
    .map(([named]) => named)
    .filter(
      (named) =>
        !Object.hasOwn(layers, named) &&
        [named, `${named}.ts`, `src/${named}`, `src/${named}.ts`].every((place) => !existsSync(join(home, place))),
    );

// Its tables have the names of before.
it.each(pages.filter((page) => !page.endsWith('0023-names.md')))('%s names files that are there', (page) => {
  expect(missingPaths(readFileSync(join(home, page), 'utf8'))).toEqual([]);
});

it('sees a path that leads nowhere', () => {
  const text = '`src/house/rooms.ts`, flows/hallway; but `src/mail/read.ts`, mail/read, src/staff/, text/plain.';
  expect(missingPaths(text)).toEqual(['src/house/rooms.ts', 'flows/hallway']);
});
