/** The list of cases by keyboard, in Debian's Chromium; without scripts; on a phone. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { hostilePayloads } from '../../support/mails/hostile-payloads.ts';
import { putCase } from '../../support/put-case-rows.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk?.stop());
beforeEach(() => desk.anew());

const put = (given: Record<string, unknown> = {}, said: Parameters<typeof putCase>[2] = []) =>
  putCase(desk.query, given, said);
const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const ownerOf = async (number: string) =>
  (await desk.query<{ owner: string | null }>('select owner from cases where number = $1', [number]))[0]?.owner;
const sideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

describe('by keyboard alone', () => {
  it('a case is found in the list and taken', async () => {
    await put({ title: 'Not this one', severity: 1, owner: 'nia@desk.example' });
    const number = await put({ title: 'Robot arm drifts' });
    const page = await desk.open('kim');
    await press(page, 'g', 'c');
    await page.waitForURL('**/cases');
    await press(page, 'j', 'j', 't');
    await page.locator('.notice').getByText(number).waitFor();
    expect(await ownerOf(number)).toBe('kim@desk.example');
    expect(new URL(page.url()).pathname).toBe('/cases');
    // What asks nothing is taken back as easily.
    await press(page, 'z');
    await page.locator('.notice').getByText('waits for somebody again').waitFor();
    expect(await ownerOf(number)).toBeNull();
  });
  it('no row is taken that nobody has chosen', async () => {
    const number = await put({ title: 'Robot arm drifts' });
    const page = await desk.open('kim', { path: '/cases' });
    await press(page, 't');
    await page.locator('.notices').getByText('Choose a row first').waitFor();
    expect(await ownerOf(number)).toBeNull();
    await press(page, 'j', '.');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Take');
  });
  it('a note is put on a case with four presses from the overview', async () => {
    const number = await put({ title: 'Robot arm drifts' });
    const page = await desk.open('kim');
    await page.locator('#menu a[href="/cases"]').click();
    await page.locator('main [data-row]').hover();
    await page.locator(`a[href="/cases/${number}#note"]`).click();
    await page.locator('details.offer[open] textarea').waitFor();
    await page.keyboard.type('It drifts to the left.');
    await press(page, 'Control+Enter');
    await page.locator('.msg.note').getByText('It drifts to the left.').waitFor();
  });
  it('two that are chosen are merged, the newer one into the older', async () => {
    const [one, two] = [await put({ title: 'One' }), await put({ title: 'Two' })];
    const page = await desk.open('kim', { path: '/cases' });
    await press(page, 'j', ' ', 'j', ' ', 'M');
    await page.waitForURL(`**/cases/${two}/merge?into=${one}`);
  });
  it('the key of a row is pressed for the one that is framed, and for no other', async () => {
    await put({ title: 'Not this one', severity: 1, owner: 'nia@desk.example' });
    const free = await put({ title: 'Robot arm drifts' });
    const page = await desk.open('kim', { path: '/cases' });
    await press(page, 'j', 't');
    await press(page, '?');
    await page.locator('#keys').waitFor();
    expect(new URL(page.url()).pathname).toBe('/cases');
    expect(await ownerOf(free)).toBeNull();
  });
  it('several are chosen and taken together', async () => {
    const [one, two] = [await put({ title: 'One' }), await put({ title: 'Two' })];
    const page = await desk.open('kim', { path: '/cases' });
    await press(page, 'j', ' ', 'j', ' ', 'T');
    await page.getByRole('heading', { name: 'Take those chosen' }).waitFor();
    await press(page, 'Enter');
    await page.waitForURL('**/bulk/*');
    await desk.until('both are hers', async () => {
      const owners = [await ownerOf(one), await ownerOf(two)];
      return owners.every((owner) => owner === 'kim@desk.example');
    });
  });
  it('words are typed from anywhere, and what they were understood as is shown', async () => {
    const number = await put({ title: 'Quota exceeded' }, [{ text: 'Der Lüfter läuft.' }]);
    await put({ title: 'Another' });
    await desk.until(
      'it is read',
      async () => (await desk.query('select from case_search where not stale')).length === 2,
    );
    const page = await desk.open('kim', { path: '/queues' });
    await press(page, '/');
    await page.keyboard.type('lüfter');
    await press(page, 'Enter');
    await page.waitForURL('**/cases?q=*');
    await page.locator('.chip').getByText('“lüfter”').waitFor();
    expect(await page.locator('main [data-row]').count()).toBe(1);
    expect(await page.locator('main [data-row] a[data-main]').getAttribute('href')).toBe(`/cases/${number}`);
    expect(await page.locator('main [data-row] mark').innerText()).toBe('Lüfter');
    const among = page.getByRole('navigation', { name: 'Found among' });
    const tabs = async () => (await among.getByRole('link').allInnerTexts()).map((one) => one.replaceAll(/\s+/g, ' '));
    expect(await tabs()).toEqual(['Cases 1', 'Mails 0', 'Customers 0']);
    await among.getByRole('link', { name: 'Mails' }).click();
    await page.waitForURL('**/mails?q=*');
    expect(await among.locator('[aria-current]').innerText()).toContain('Mails');
    await page.locator('#menu [data-search]').fill('nobody@elsewhere.example');
    await press(page, 'Enter');
    await page.waitForURL('**/cases?q=nobody*');
    expect(await tabs()).toEqual(['Cases 0', 'Mails 0', 'Letters 0', 'Customers 0']);
    await among.getByRole('link', { name: 'Letters' }).click();
    await page.waitForURL('**/letters?to=nobody*');
    expect(await tabs()).toEqual(['Cases 0', 'Mails 0', 'Letters 0', 'Customers 0']);
  });
});

it('the list says that it has grown, and waits', async () => {
  await put({ title: 'There before' });
  const page = await desk.open('kim', { path: '/cases' });
  await put({ title: 'Came since', due: '2026-03-02T10:00Z' });
  await page.locator('a.news').waitFor({ timeout: 20_000 });
  expect(await page.locator('main [data-row]').count()).toBe(1);
  await page.locator('#menu a[href="/cases"] b', { hasText: '1' }).waitFor({ timeout: 20_000 });
  await page.locator('a.news').click();
  await page.getByText('Came since').waitFor();
});

it('a list is kept as a tab without scripts', async () => {
  await put({ severity: 1 });
  const page = await desk.open('kim', { path: '/cases?severity=1', scripts: false });
  await page.locator('details.keep summary').click();
  await page.locator('details.keep input[name="name"]').fill('Burning');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.locator('.tabs a[aria-current]').getByText('Burning').waitFor();
  await page.getByRole('link', { name: 'Kept lists' }).click();
  await page.getByRole('button', { name: 'Drop it' }).click();
  await page.locator('.notice').getByText('“Burning” is no tab any more').waitFor();
});

it.each([360, 1280])('rows are whole at %i px', async (width) => {
  await put({
    ...{ severity: 1, due: '2026-03-02T10:00Z', contact_address: `${'long'.repeat(15)}@aldous.example` },
    title: `${'起動しません'.repeat(12)} ${'x'.repeat(90)}`,
  });
  await put({ status: 'open', clock_runs: false, owner: 'kim@desk.example' });
  const page = await desk.open('kim', { path: '/cases', width });
  expect(await page.locator('main [data-row]').count()).toBe(2);
  expect(await sideways(page)).toBe(false);
});

it('whoever opens a case is seen in the list by the others', async () => {
  const number = await put({ title: 'Robot arm drifts' });
  const list = await desk.open('nia', { path: '/cases' });
  await desk.open('kim', { path: `/cases/${number}` });
  await list.locator('.present').getByText('Kim Oster looks').waitFor({ timeout: 30_000 });
});

it('runs nothing and fetches nothing of what customers write, and of what is searched for', async () => {
  const payloads = hostilePayloads('http://127.0.0.1:9').filter((_, i) => i % 12 === 0);
  for (const payload of payloads.map((one) => one.replaceAll('\0', '')))
    await put({ title: payload, contact_address: payload, owner: payload });
  const page = await desk.open('kim', { path: '/cases?sort=newest' });
  const faults: string[] = [];
  page.on('dialog', (dialog) => {
    faults.push(`${page.url()} says ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(desk.address) && !request.url().startsWith('data:')) faults.push(request.url());
  });
  page.on('console', (message) => {
    if (/Content Security Policy|Refused/i.test(message.text())) faults.push(message.text());
  });
  for (let shown = 0; shown < 4; shown += 1) {
    expect(await page.locator('main script, main img, main iframe, main style, main svg').count()).toBe(0);
    const more = page.locator('a[rel="next"]');
    if ((await more.count()) === 0) break;
    await more.click();
    await page.waitForLoadState();
  }
  for (const payload of payloads) {
    const typed = new URLSearchParams({ q: payload, site: payload, owner: payload, status: payload, after: payload });
    const answer = await page.goto(`${desk.address}/cases?${typed}`);
    expect(answer?.status()).toBe(200);
    expect(await page.locator('main script, main img, main iframe, main style, main svg').count()).toBe(0);
  }
  expect(faults).toEqual([]);
}, 180_000);
