/** Mails by keyboard alone: found, opened, asked why, tried otherwise, decided again. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mail } from '../../support/app.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

let console: TestConsole;
beforeAll(async () => {
  console = await startConsole();
  await console.anew();
  await console.handIn(mail({ subject: 'PIN 345 Workflow stopped', id: '<one@aldous.example>' }));
  await console.handIn(mail({ subject: 'The arm drifts', id: '<two@aldous.example>' }));
  await console.until(
    'both are decided',
    async () => (await console.query("select from mails where state = 'decided'")).length === 2,
  );
}, 120_000);
afterAll(() => console.stop());

/** How far the page can be scrolled sideways; in the browser. */
const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

it('finds why a mail was held with four keys behind the search', async () => {
  const page = await console.open('kim');
  await press(page, 'g', 'm');
  await page.waitForURL('**/mails');
  await press(page, '/');
  await page.keyboard.type('drifts');
  await press(page, 'Enter');
  await page.waitForURL(/\/mails\?q=drifts$/);
  await press(page, 'j', 'Enter');
  await page.waitForURL(/\/mails\/\d+$/);
  await press(page, 'y');
  const why = page.locator('details.passed');
  await expect.poll(() => why.evaluate((element: { open?: boolean }) => element.open)).toBe(true);
  expect(await why.innerText()).toContain('It names no site');
  await press(page, 'u');
  await page.waitForURL(/\/mails(?:\?q=drifts)?$/);
});

it('tries another PIN without the mouse, and goes back', async () => {
  const page = await console.open('kim', { path: '/mails?q=drifts' });
  await press(page, 'j', 'Enter');
  await page.waitForURL(/\/mails\/\d+$/);
  await press(page, 'w');
  await page.waitForURL('**/what-if');
  await page.locator('input[name="pin"]').focus();
  await page.keyboard.type('345');
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'What would follow' }).waitFor();
  expect(await page.locator('main').innerText()).toContain('case opened');
});

it('decides again by one key, once somebody has mended the registry', async () => {
  await console.handIn(
    mail({ subject: 'PIN 345 Let me in', from: 'zoe@build-it.example', id: '<three@build-it.example>' }),
    'zoe@build-it.example',
  );
  await console.until(
    'it is held',
    async () => (await console.query("select from mails where outcome = 'held-unregistered'")).length === 1,
  );
  await console.query(
    "insert into contacts (site_id, name, role, types, position) values (1, 'Zoe Hart', 'authorized user', '{}', 3)",
  );
  await console.query(
    "insert into contact_addresses (site_id, contact_id, address, main) select 1, id, 'zoe@build-it.example', true from contacts where name = 'Zoe Hart'",
  );
  const page = await console.open('kim', { path: '/mails?q=zoe@build-it.example' });
  await press(page, 'j', 'Enter');
  await page.waitForURL(/\/mails\/\d+$/);
  await press(page, 'd');
  await page.locator('.notice').waitFor();
  await console.until(
    'it has its case',
    async () =>
      (await console.query("select from mails where message_id = '<three@build-it.example>' and case_id is not null"))
        .length === 1,
  );
});

it('works without scripts, and on a phone without sideways scrolling', async () => {
  const plain = await console.open('kim', { path: '/mails?q=workflow', scripts: false });
  await plain.locator('[data-row] a').first().click();
  await plain.waitForURL(/\/mails\/\d+$/);
  expect(await plain.locator('pre.mail').first().innerText()).toContain('The nightly workflow stops');
  for (const path of [
    '/mails',
    '/mails?q=is:held',
    new URL(plain.url()).pathname,
    `${new URL(plain.url()).pathname}/source`,
    `${new URL(plain.url()).pathname}/what-if`,
  ]) {
    const phone = await console.open('kim', { path, width: 360, height: 780 });
    const over = await phone.evaluate<number>(sideways);
    expect(over, path).toBeLessThanOrEqual(0);
  }
});
