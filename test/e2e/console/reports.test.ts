/** Reports in Chromium, and as tables, over what really came in. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countReports } from '../../../src/flows/reports/count-reports.ts';
import { mail } from '../../support/app.ts';
import { type Somebody, startConsole, type TestConsole } from '../../support/console.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
  await postern.anew();
  await postern.handIn(mail({ subject: 'PIN 345 The gauge is stuck' }));
  await postern.handIn(mail({ subject: 'PIN 345 Severity - 2 The pump is loud' }));
  await postern.handIn(mail({ subject: 'The valve leaks' }));
  await postern.handIn(mail({ subject: 'Hello', from: 'Eve <eve@else.example>' }), 'eve@else.example');
  await postern.until('all are decided', async () => {
    const rows = await postern.query(`select from mails where state = 'decided'`);
    return rows.length === 4;
  });
  for (let i = 0; i < 3; i += 1) await countReports(postern.app);
});
afterAll(() => postern.stop());

const pages = ['/reports', '/reports/held', '/reports/questions', '/reports/satisfaction'];

describe('reports', () => {
  it('show what came in, as figures, a chart and a table', async () => {
    const page = await postern.open('vic', { path: '/reports' });
    expect(await page.locator('.tile', { hasText: 'Opened' }).locator('strong').innerText()).toBe('2');
    await page.locator('figure canvas').waitFor();
    const rows = page.locator('table.report tbody tr');
    expect(await rows.count()).toBe(13);
    expect(await rows.first().innerText()).toContain('2');
    await page.getByRole('link', { name: 'severity', exact: true }).click();
    await page.waitForURL(/by=severity/);
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringContaining('Severity 2'),
      expect.stringContaining('Severity 3'),
    ]);
    await page.getByRole('link', { name: 'Severity 2' }).click();
    await page.waitForURL(/severity=2/);
    expect(await page.locator('.tile', { hasText: 'Opened' }).locator('strong').innerText()).toBe('1');
    await page.goBack();
    await page.waitForURL(/by=severity/);
    await page.getByRole('link', { name: 'site', exact: true }).click();
    await page.getByRole('link', { name: 'Aldous Robotics' }).click();
    await page.waitForURL(/site=1000345/);
    expect(await page.getByText('Aldous Robotics, site 1000345').count()).toBe(1);
    await page.context().close();
  });

  it('say why mail was held', async () => {
    const text = await (await postern.as('vic')).page('/reports/held');
    expect(text).toContain('PIN needed');
    expect(text).toContain('Unknown');
  });

  it.each(pages)('%s is a table for a spreadsheet, too', async (path) => {
    const viewer = await postern.as('vic');
    const html = await viewer.page(path);
    const link = /href="([^"]+\.csv[^"]*)" download/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const answer = await viewer.get(link);
    expect(answer.status, link).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await answer.text()).split('\r\n').length).toBeGreaterThan(1);
  });

  it('say what cannot be used of an address, and show the rest', async () => {
    const viewer = await postern.as('vic');
    const text = await viewer.page('/reports?from=yesterday&site=42&severity=3');
    expect(text).toContain('is no day');
    expect(text).toContain('There is no site 42.');
    expect((await viewer.get('/reports/cases.csv?from=yesterday')).status).toBe(400);
  });

  it.each(['nia', 'kim', 'robin', 'vic'] as Somebody[])('open for %s, also without scripts', async (who) => {
    for (const path of pages) {
      const page = await postern.open(who, { path, scripts: false, width: 360 });
      expect(await page.locator('h1').count(), path).toBe(1);
      expect(await page.locator('.fault, .alert').count(), path).toBe(0);
      await page.context().close();
    }
  });

  it.each([
    ['light', 360],
    ['dark', 1280],
  ] as const)('with figures in them are right, %s at %i px', async (theme, width) => {
    const page = await postern.open('vic', { dark: theme === 'dark', width, height: 800 });
    for (const path of [...pages, '/reports?by=site']) {
      await page.goto(`${postern.address}${path}`);
      await page.evaluate(axe);
      const found = (await page.evaluate(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)",
      )) as readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
      expect(
        found.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join(' ')}`),
        path,
      ).toEqual([]);
      expect(
        await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
        path,
      ).toBe(false);
    }
    await page.context().close();
  });
});
