/** Tokens of the style sheet: every ink on every ground, in both themes, as docs/design.md says. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contrast, grounds, inks, tokensOf } from '../../../../docs/make/contrast.ts';

const home = new URL('../../../../', import.meta.url);
const tokens = tokensOf(readFileSync(new URL('src/web/assets/console.css', home), 'utf8'));

it.each(['light', 'dark'] as const)(
  'every text of the %s theme has 4.5 : 1, lines that say something 3 : 1',
  (theme) => {
    const of = (name: string) => tokens[theme][name] ?? '';
    for (const ground of grounds) {
      for (const ink of inks) expect(contrast(of(ink), of(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of('accent'), of(ground)), `focus on ${ground}`).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
    for (const ground of ['bg', 'panel', 'raise'])
      expect(contrast(of('edge'), of(ground)), ground).toBeGreaterThanOrEqual(3);
  },
);

it('the table of docs/design.md is that of the style sheet', async () => {
  const { contrastTable } = await import('../../../../docs/make/contrast.ts');
  expect(readFileSync(new URL('docs/design.md', home), 'utf8')).toContain(contrastTable(tokens));
});
