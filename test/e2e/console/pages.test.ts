/** Every page of the menu, in both themes, at four widths, as each role: nothing for axe to find, nothing sideways, nothing refused by the policy. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../../src/web/console/places.ts';
import { people, type Somebody, startConsole, type TestConsole } from '../../support/console.ts';
import { openedCase } from '../../support/one-case.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = [
  ...[...places.map(({ path }) => path), '/keys', '/bulk', '/bulk/999'],
  ...['/cases/views', '/cases/many', '/cases/new', '/cases/answers'],
];

type Found = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
  const number = await openedCase(postern);
  pages.push(`/cases/${number}`, `/cases/${number}/merge`, `/cases/${number}/split`, `/cases/${number}/answer`);
});
afterAll(() => postern.stop());

/** By the protocol, past the policy of the page, which lets in no script of ours either. */
const found = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const violations = (await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)",
  )) as readonly Found[];
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join(' ')}`);
};
const sideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each([360, 768, 1280, 1920])('every page is right at %i px', async (width) => {
    const page = await postern.open('nia', { dark: theme === 'dark', width, height: 800 });
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/i.test(message.text())) refused.push(message.text());
    });
    page.on('pageerror', (error) => refused.push(String(error)));
    for (const path of pages) {
      await page.goto(`${postern.address}${path}`);
      expect(await page.locator('h1').count(), path).toBe(1);
      expect(await sideways(page), `${path} at ${width}`).toBe(false);
      expect(await found(page), `${path} at ${width}`).toEqual([]);
    }
    expect(refused).toEqual([]);
    await page.context().close();
  });
});

it.each(Object.keys(people) as Somebody[])('every page in the menu of %s opens', async (who) => {
  const viewer = await postern.as(who);
  const menu = [...(await viewer.page('/keys')).matchAll(/<li><a href="([^"]+)" data-go/g)].map(
    ([, path]) => path ?? '',
  );
  expect(menu.length).toBeGreaterThan(1);
  for (const path of menu) expect((await viewer.get(path)).status, path).toBe(200);
});
