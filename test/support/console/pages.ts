/**
 * Every page of the menu, and of single things, with something on each and everything on it opened: in both themes, at four widths, as each
 * role: nothing for axe to find, nothing sideways, nothing refused by the policy. The same once more where nothing is there.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../../src/web/console/places.ts';
import { people, type Somebody, startConsole, type TestConsole } from '../console.ts';
import { fillConsole } from '../filled-console.ts';
import { openedCase } from '../one-case.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = [
  ...places.map(({ path }) => path),
  '/keys',
  '/bulk',
  '/bulk/999',
  '/cases/views',
  '/cases/many',
  '/cases/new',
  '/cases/answers',
  '/customers/1000345',
  '/customers/1000345/people/1',
  '/customers/import',
  '/customers/export',
  '/access?state=all',
  '/access/rounds',
  '/access/rounds/1000345',
  '/renewals/calendar',
  '/renewals/not-told',
  '/renewals/ends',
  '/renewals/all',
  '/announcements/new',
  '/letters/addresses',
  '/letters/blocked?sender=@pest.example',
  '/announcements/take-back?address=a@b.example',
  '/reports/held',
  '/reports/questions',
  '/reports/satisfaction',
  '/templates/en/acknowledgement',
];

type Theme = 'light' | 'dark';
/** `axe` at these widths, and nothing sideways at any: a page is opened once, and made as wide as it is looked at. */
type Look = { readonly theme: Theme; readonly widths: readonly number[]; readonly axeAt: readonly number[] };

/** `whole`: each page in each look; else in one of them, in turn, and all at the width of a phone. */
export function consolePages({ whole }: { readonly whole: boolean }): void {
  /** Filled by `fillConsole`, and one case with all of its parts. */
  let single: readonly string[] = [];

  type Found = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

  let postern: TestConsole;
  beforeAll(async () => {
    postern = await startConsole();
  }, 60_000);
  afterAll(() => postern.stop());

  /** By the protocol, past the policy of the page, which lets in no script of ours either. */
  const found = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe);
    const violations = (await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)",
    )) as readonly Found[];
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join(' ')}`);
  };
  /** Everything that is folded, and the keys above it. */
  const openAll = (page: Page) =>
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true");
  const sideways = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

  /** Each page in these looks, one after the other. */
  async function look(looks: readonly Look[], paths: readonly string[], inTurn = false): Promise<void> {
    const page = await postern.open('nia', { width: 1280, height: 800 });
    const refused: string[] = [];
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/i.test(message.text())) refused.push(message.text());
    });
    page.on('pageerror', (error) => refused.push(String(error)));
    for (const [place, path] of paths.entries()) {
      for (const { theme, widths, axeAt } of inTurn ? looks.slice(place % looks.length).slice(0, 1) : looks) {
        await page.emulateMedia({ colorScheme: theme });
        await page.goto(`${postern.address}${path}`);
        expect(await page.locator('h1').count(), path).toBe(1);
        await openAll(page);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 });
          if (await sideways(page)) wrong.push(`${path} scrolls sideways at ${width} px`);
          if (axeAt.includes(width))
            wrong.push(...(await found(page)).map((one) => `${path} at ${width} px, ${theme}: ${one}`));
        }
      }
    }
    await page.keyboard.press('?');
    wrong.push(...(await found(page)).map((one) => `the keys: ${one}`));
    expect(wrong).toEqual([]);
    expect(refused).toEqual([]);
    await page.context().close();
  }

  it('a page that is wrong is found to be', async () => {
    const page = await postern.open('nia', { path: '/keys', width: 360 });
    await page.evaluate(
      `document.querySelector('main').insertAdjacentHTML('beforeend', '<details><summary>More</summary><img src="data:,"><p>wide</p></details>')`,
    );
    expect(await found(page)).toEqual([]);
    await openAll(page);
    expect((await found(page)).join()).toContain('image-alt');
    expect(await sideways(page)).toBe(false);
    await page.evaluate("document.querySelector('main details:last-child p').style.width = '900px'");
    expect(await sideways(page)).toBe(true);
    await page.context().close();
  });

  it(
    'where nothing is there every page is right',
    () =>
      whole
        ? look([{ theme: 'light', widths: [1280, 360], axeAt: [360] }], pages)
        : // What is there is looked at below; of what says that nothing is, a third is read by axe.
          look(
            [
              { theme: 'light', widths: [360], axeAt: [360] },
              { theme: 'dark', widths: [360], axeAt: [] },
              { theme: 'light', widths: [1280, 360], axeAt: [] },
            ],
            pages,
            true,
          ),
    300_000,
  );

  describe('where something is on every page', () => {
    beforeAll(async () => {
      await postern.anew();
      const filled = await fillConsole(postern);
      const number = await openedCase(postern);
      single = [...filled, ...['', '/merge', '/split', '/answer'].map((part) => `/cases/${number}${part}`)];
    }, 180_000);
    const filled = () => [...new Set([...pages, ...single])];
    if (whole)
      it.each([
        { theme: 'light', widths: [1920, 1280, 768, 360], axeAt: [1280, 360] },
        { theme: 'dark', widths: [1280, 360], axeAt: [1280] },
      ] as const)('every page is right in the $theme theme', (one) => look([one], filled()), 600_000);
    else
      it(
        'every page is right, at one width and in one theme in turn',
        () =>
          look(
            [
              { theme: 'light', widths: [360], axeAt: [360] },
              { theme: 'dark', widths: [360, 1280], axeAt: [1280] },
              { theme: 'light', widths: [360, 1280], axeAt: [1280] },
              { theme: 'dark', widths: [768, 360], axeAt: [360] },
            ],
            filled(),
            true,
          ),
        300_000,
      );
  });

  it.each(Object.keys(people) as Somebody[])('every page in the menu of %s opens', async (who) => {
    const viewer = await postern.as(who);
    const menu = [...(await viewer.page('/keys')).matchAll(/<li><a href="([^"]+)" data-go/g)].map(
      ([, path]) => path ?? '',
    );
    expect(menu.length).toBeGreaterThan(1);
    for (const path of menu) expect((await viewer.get(path)).status, path).toBe(200);
  });
}
