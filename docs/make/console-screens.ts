/**
 * Pictures of every page of the console on the database of the demo, to be looked at beside docs/design.md: `node docs/make/console-screens.ts`
 * writes them to out/screens/console, light and dark, wide and phone. `--page /held …` these alone, `--gallery` the small ones of docs/screens/console.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Browser, Page } from 'playwright-core';
import { places } from '../../src/web/console/places.ts';
import { type DemoAtHand, startDemo } from './screens/demo-at-hand.ts';
import { openBrowser } from './screens/sheets.ts';

const home = resolve(import.meta.dirname, '..', '..');
const views = ['light', 'dark', 'phone', 'phone-dark'] as const;
type View = (typeof views)[number];
type Options = {
  readonly page: readonly string[];
  readonly view: readonly View[];
  readonly to: string;
  readonly gallery?: boolean;
};

const open = async (browser: Browser, view: View): Promise<Page> => {
  const phone = view.startsWith('phone');
  const context = await browser.newContext({
    viewport: phone ? { width: 360, height: 740 } : { width: 1280, height: 860 },
    colorScheme: view.endsWith('dark') ? 'dark' : 'light',
    deviceScaleFactor: phone ? 2 : 1,
    ...(phone ? { isMobile: true, hasTouch: true } : {}),
  });
  return context.newPage();
};

/** Pages that no list leads to. */
const beside = [
  ...[
    '/keys',
    '/bulk',
    '/sign-in',
    '/templates/en/acknowledgement',
    '/customers/import',
    '/cases/new',
    '/cases/answers',
  ],
  ...['/access/rounds', '/renewals/calendar', '/renewals/not-told', '/renewals/ends', '/renewals/all'],
  ...['/renewals?view=planned', '/announcements/new'],
];
const reportPages = ['/reports/held', '/reports/questions', '/reports/satisfaction', '/reports?by=site'];

/** Each list, and the first that is open in it. */
async function pagesOf(page: Page, demo: DemoAtHand, only: readonly string[]): Promise<string[]> {
  if (only.length > 0) return [...only];
  const found = [...places.map(({ path }) => path), ...reportPages, ...beside];
  for (const { path } of places) {
    await page.goto(`${demo.address}${path}`);
    const href = await page
      .locator('main [data-row] a[data-main]')
      .first()
      .getAttribute('href', { timeout: 500 })
      .catch(() => null);
    if (href?.startsWith('/')) found.push(href);
  }
  return [...new Set(found)];
}

const nameOf = (path: string): string =>
  path === '/'
    ? 'overview'
    : path
        .slice(1)
        .replaceAll(/[^a-z0-9]+/gi, '-')
        .replaceAll(/^-|-$/g, '');

async function pictureOf(page: Page, whole: boolean): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const size = page.viewportSize() ?? { width: 1280, height: 860 };
  const all = await page.evaluate<number>('document.documentElement.scrollHeight');
  const height = whole ? Math.min(all, 4 * size.height) : size.height;
  const { data } = await session.send('Page.captureScreenshot', {
    ...(whole ? { format: 'png' } : { format: 'webp', quality: 76 }),
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width: size.width, height, scale: 1 },
  });
  return Buffer.from(data, 'base64');
}

async function screens({ page: only, view: chosen, to, gallery }: Options): Promise<void> {
  const folder = gallery ? join(home, 'docs', 'screens', 'console') : to;
  if (gallery) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const demo = await startDemo();
  const browser = await openBrowser();
  try {
    for (const view of chosen) {
      const page = await open(browser, view);
      for (const path of await pagesOf(page, demo, only)) {
        await page.goto(`${demo.address}${path}`);
        const file = `${nameOf(path)}.${view}.${gallery ? 'webp' : 'png'}`;
        writeFileSync(join(folder, file), await pictureOf(page, !gallery));
        process.stdout.write(`${file}\n`);
      }
      await page.context().close();
    }
  } finally {
    await browser.close();
    await demo.stop();
  }
}

await new Command('console-screens')
  .option('--page <paths...>', 'these alone', [])
  .addOption(new Option('--view <names...>', 'how they are looked at').choices(views).default(views))
  .option(
    '--to <folder>',
    'where the pictures go',
    (folder) => resolve(folder),
    join(home, 'out', 'screens', 'console'),
  )
  .addOption(new Option('--gallery', 'instead: the small ones that are kept').conflicts(['to']))
  .action(screens)
  .parseAsync();
