/** Letters, audit and API by keyboard, in Debian's Chromium; without scripts; on a phone. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { putLetter } from '../../support/put-letter-rows.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk?.stop());
beforeEach(() => desk.anew());

const failed = { state: 'failed', response: '550 5.1.1 no such user here', attempts: 6 };
const stateOf = async (id: string) =>
  (
    await desk.query<{ state: string; marked: string | null }>(
      'select state, marked_as as marked from letters where id = $1',
      [id],
    )
  )[0];
const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

describe('by keyboard alone', () => {
  it('a letter that failed is found and sent again', async () => {
    const id = await putLetter(desk.query, failed);
    const page = await desk.open('kim');
    await press(page, 'g', 'l');
    await page.waitForURL('**/letters');
    await press(page, 'j', 'Enter');
    await page.waitForURL(`**/letters/${id}*`);
    await page.getByText('under the same Message-ID').waitFor();
    await page.getByText(/what it says, until /).waitFor();
    await press(page, 's');
    await page.locator('.notice').getByText('once more').waitFor();
    await desk.sink.waitFor(1);
    await desk.until('it is sent', async () => (await stateOf(id))?.state === 'sent');
  });
  it('one that did not arrive is dealt with, and that is taken back', async () => {
    const id = await putLetter(desk.query, failed);
    const page = await desk.open('kim', { path: `/letters/${id}?from=not-arrived` });
    await press(page, 'm');
    await page.locator('.notice').getByText('dealt with').waitFor();
    expect(await stateOf(id)).toEqual({ state: 'failed', marked: 'reached' });
    await press(page, 'z');
    await page.locator('.notice').getByText('not dealt with again').waitFor();
    expect(await stateOf(id)).toEqual({ state: 'failed', marked: null });
    await press(page, 'n');
    await page.locator('.notice').getByText('needed no more').waitFor();
    expect(await stateOf(id)).toEqual({ state: 'failed', marked: 'not-needed' });
    await press(page, 'u');
    await page.waitForURL('**/letters*');
  });
  it('one that waits goes out by one key, another never by another', async () => {
    const [out, never] = [
      await putLetter(desk.query, { state: 'waiting' }),
      await putLetter(desk.query, { state: 'waiting' }),
    ];
    const page = await desk.open('kim', { path: `/letters/${out}` });
    await press(page, 'r');
    await page.locator('.notice').waitFor();
    await desk.sink.waitFor(1);
    await page.goto(`${desk.address}/letters/${never}`);
    await press(page, 'x');
    await page.locator('.notice').getByText('never sent').waitFor();
    expect((await stateOf(never))?.state).toBe('suppressed');
  });
  it('two who send one again at once send it once, and the second is told', async () => {
    const id = await putLetter(desk.query, failed);
    const [first, second] = [
      await desk.open('kim', { path: `/letters/${id}` }),
      await desk.open('nia', { path: `/letters/${id}` }),
    ];
    await press(first, 's');
    await first.locator('.notice').waitFor();
    await desk.until('it is sent', async () => (await stateOf(id))?.state === 'sent');
    await press(second, 's');
    await second.locator('.told .said').waitFor();
    expect(desk.sink.letters).toHaveLength(1);
  });
});

it('everything works without scripts', async () => {
  const id = await putLetter(desk.query, failed);
  const page = await desk.open('kim', { path: '/letters?state=failed', scripts: false });
  await page.locator('a[data-main]').first().click();
  await page.getByRole('button', { name: /Told by another way/ }).click();
  await page.locator('.notice').waitFor();
  expect((await stateOf(id))?.marked).toBe('reached');
  await page.goto(`${desk.address}/letters/sending`);
  await page.getByLabel('Why').fill('the relay is moved');
  await page.getByRole('button', { name: 'Pause all letters' }).click();
  await page.getByText('paused by console for kim@desk.example').waitFor();
});

describe('the letter as HTML', () => {
  it('runs nothing and asks nobody, whatever stands in it', async () => {
    const evil =
      '<script>document.title="ran"</script><img src="http://evil.example/x.png"><a href="http://evil.example/">x</a>';
    const id = await putLetter(desk.query, { text: evil, subject: evil });
    const page = await desk.open('kim');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const view of ['text', 'html', 'source']) {
      await page.goto(`${desk.address}/letters/${id}?view=${view}`);
      await page.waitForLoadState('networkidle');
      expect(await page.title()).not.toBe('ran');
    }
    expect(asked.filter((url) => !url.startsWith(desk.address) && !url.startsWith('data:'))).toEqual([]);
  });
});

describe('every width', () => {
  it('shows letters, a letter, the audit and the API without scrolling sideways', async () => {
    const id = await putLetter(desk.query, {
      ...failed,
      text: `https://desk.example/${'long'.repeat(60)}`,
      subject: 'w'.repeat(120),
    });
    await desk.query(`insert into audit (actor, action, subject_kind, subject_id, detail)
      values ('outbound', 'letter-failed', 'letter', '${id}', '{"response": "550 ${'x'.repeat(200)}"}')`);
    for (const width of [360, 700, 1280, 1900]) {
      const page = await desk.open('kim', { width });
      for (const path of [
        '/letters',
        `/letters/${id}`,
        `/letters/${id}?view=source`,
        '/letters/sending',
        '/audit',
        '/api',
        '/api?subject=letters',
      ]) {
        await page.goto(`${desk.address}${path}`);
        const over = await page.evaluate(
          'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
        );
        expect([width, path, over]).toEqual([width, path, 0]);
      }
      await page.context().close();
    }
  });
});

it('the audit is filtered and opened by keyboard, and Back leads where one was', async () => {
  const id = await putLetter(desk.query, failed);
  await desk.query(
    `insert into audit (actor, action, subject_kind, subject_id) values ('outbound', 'letter-failed', 'letter', '${id}')`,
  );
  const page = await desk.open('nia');
  await press(page, 'g', 't');
  await page.waitForURL('**/audit');
  await page.getByLabel('About').fill(`letter ${id}`);
  await press(page, 'Enter');
  await page.waitForURL('**/audit?*');
  await press(page, 'Escape', 'j', 'Enter');
  await page.waitForURL(`**/letters/${id}`);
  await page.goBack();
  expect(await page.getByLabel('About').inputValue()).toBe(`letter ${id}`);
});
