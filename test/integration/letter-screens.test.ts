import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Piece, views } from '../../docs/make/screens/pieces.ts';
import { openBrowser, viewIn, writeSheets } from '../../docs/make/screens/sheets.ts';

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'postern-screens-'));
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const piece = (name: string, lines: number): Piece => ({
  name,
  subject: '<b>“x”</b>',
  html: `<!doctype html><body>${'<p>a line of it</p>'.repeat(lines)}</body>`,
  plain: 'a line of it\n'.repeat(lines),
});
/** Width and height, which stand in the first chunk. */
const sizeOf = (name: string) => {
  const bytes = readFileSync(join(folder, name));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};

it('makes a picture of each view, with a second sheet where one is full', async () => {
  const pieces = [...Array(4).keys()].map((n) => piece(`long-${n}`, 60)).concat(piece('short', 1));
  for (const view of views) {
    const page = await viewIn(browser, view);
    const sheets = await writeSheets(page, pieces, view, folder);
    expect(
      readdirSync(folder).filter((name) => name.startsWith(`${view}-`) && /^-\d+\.png$/.test(name.slice(view.length))),
    ).toHaveLength(sheets);
    await page.context().close();
  }
  expect(readdirSync(folder)).toContain('light-2.png');
  const [width, height] = sizeOf('light-1.png');
  expect(width).toBe(1580);
  expect(height).toBeGreaterThan(1000);
});

it('runs no script of a letter and fetches nothing for it', async () => {
  const page = await viewIn(browser, 'light');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const html = '<img src="https://elsewhere.example/x.png"><script>parent.document.title = "ran"</script>';
  await writeSheets(page, [{ name: 'hostile', subject: '', html, plain: null }], 'light', folder);
  expect(await page.title()).toBe('');
  expect(asked.filter((url) => !url.startsWith('https://elsewhere.example/'))).toEqual([]);
  await page.context().close();
});
