import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gallery, lettersPage, pictureName } from '../../../docs/make/screens/letters-page.ts';
import { documentFor, piecesOf, views } from '../../../docs/make/screens/pieces.ts';
import { sampleLetters } from '../../../src/outbound/sample-letters.ts';
import { templates } from '../outbound/letters.ts';

const docs = resolve(import.meta.dirname, '..', '..', '..', 'docs');

describe('docs/letters.md', () => {
  it('is what `npm run screens -- --gallery` makes of the code', () => {
    expect(readFileSync(join(docs, 'letters.md'), 'utf8')).toBe(lettersPage(templates));
  });
  it('shows at most thirty-six pictures, all of them there and none larger than 120 KB', () => {
    expect(gallery.length).toBeLessThanOrEqual(36);
    expect(
      readdirSync(join(docs, 'screens'), { withFileTypes: true })
        .filter((one) => one.isFile())
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(gallery.map(pictureName).toSorted());
    for (const name of gallery.map(pictureName))
      expect(statSync(join(docs, 'screens', name)).size).toBeLessThan(120_000);
  });
});

describe('the pictures of the letters', () => {
  it('show every sample in every language, and the pages for customers', async () => {
    for (const language of Object.keys(templates.letters)) {
      const pieces = await piecesOf(templates, { language, names: [], most: 99 });
      expect(pieces.filter(({ plain }) => plain !== null).length).toBeGreaterThan(sampleLetters.length);
      expect(new Set(pieces.map(({ name }) => name)).size).toBe(pieces.length);
      expect(pieces.filter(({ name }) => name.startsWith('page-'))).toHaveLength(24);
    }
  });
  it('are of the letters asked for, and so many of each', async () => {
    const pieces = await piecesOf(templates, { language: 'en', names: ['alert', 'pages'], most: 2 });
    expect(pieces.map(({ name }) => name)).toEqual([
      'alert-1',
      'alert-2',
      'page-case-1',
      'page-case-2',
      'page-nothing-1',
      'page-satisfaction-1',
      'page-satisfaction-2',
      'page-decision-1',
      'page-decision-2',
      'page-preferences-1',
      'page-preferences-2',
    ]);
  });
  it('have no text part of a page, and no styles where the program drops them', async () => {
    const [letter, page] = await piecesOf(templates, { language: 'en', names: ['alert', 'pages'], most: 1 });
    if (!letter || !page) throw new Error('there are both');
    expect(views.filter((view) => documentFor(page, view) === null)).toEqual(['plain']);
    expect(documentFor(letter, 'light')).toContain('<style>');
    expect(documentFor(letter, 'auto-dark')).not.toMatch(/<style>|color-scheme"/);
    expect(documentFor(letter, 'plain')).toContain('Subject: Alert: 12 things');
  });
});
