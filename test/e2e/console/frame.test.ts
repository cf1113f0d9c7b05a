import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from '../../support/console.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
});
afterAll(() => postern.stop());
beforeEach(() => postern.anew());

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
/** What has the focus, by its text. */
const focused = (page: Page) => page.evaluate("document.activeElement?.textContent?.trim() ?? ''") as Promise<string>;

describe('by keyboard alone', () => {
  it('one goes to places, through rows, into one and back', async () => {
    const page = await postern.open('nia');
    await press(page, 'g', 's');
    await page.waitForURL('**/staff');
    await press(page, 'j', 'j', 'k');
    expect(await focused(page)).toContain('Kim Oster');
    await press(page, 'Enter');
    await page.waitForURL('**/staff/kim%40desk.example');
    await press(page, 'u');
    await page.waitForURL('**/staff');
  });
  it('the keys are shown and put away again, and are letters in a field', async () => {
    const page = await postern.open('nia', { path: '/staff' });
    const sheet = page.locator('#keys');
    await press(page, '?');
    expect(await sheet.innerText()).toMatch(/On this page\s*a\s*Add somebody/);
    await press(page, 'Escape');
    expect(await sheet.isVisible()).toBe(false);
    await press(page, 'a');
    await page.keyboard.type('?gs');
    expect(await page.locator('input[name="name"]').inputValue()).toBe('?gs');
    expect(page.url()).toMatch(/\/staff$/);
  });
  it('a button says while one types what it will do, does it in place, and says what was done with a way back', async () => {
    const page = await postern.open('nia', { path: '/staff' });
    await press(page, 'a');
    await page.keyboard.type('Zoe Hart');
    await press(page, 'Tab');
    await page.keyboard.type('zoe@desk.example');
    await press(page, 'Tab', ' ');
    const will = page.locator('details.offer .will');
    await will.getByText('Then: Zoe Hart (zoe@desk.example) is one of our people: engineer.').waitFor();
    await page.evaluate('window.stayed = true');
    await page.locator('input[name="name"]').focus();
    await press(page, 'Control+Enter');
    await page.locator('.notice').getByText('Zoe Hart').waitFor();
    expect(await page.locator('.notice').innerText()).not.toContain('Then');
    expect(await page.evaluate('window.stayed')).toBe(true);
    expect(await page.locator('[data-row]').getByText('zoe@desk.example').count()).toBe(1);
    expect(
      await page.evaluate(
        "document.activeElement !== document.body && document.activeElement.closest('main') !== null",
      ),
    ).toBe(true);
  });
  it.each(['Enter', 'Control+Enter'])('%s sends a form from the box of a role, too', async (key) => {
    const page = await postern.open('nia', { path: '/staff' });
    await press(page, 'a');
    await page.keyboard.type('Zoe Hart');
    await press(page, 'Tab');
    await page.keyboard.type('zoe@desk.example');
    await press(page, 'Tab', ' ');
    await page.locator('details.offer .will').getByText('is one of our people: engineer.').waitFor();
    await press(page, key);
    await page.locator('.notice').getByText('Zoe Hart').waitFor({ timeout: 12_000 });
    expect(await postern.query("select from staff where email = 'zoe@desk.example'")).toHaveLength(1);
  });
  it('the button of a form is seen where the form is opened, without scrolling', async () => {
    const page = await postern.open('nia', { path: '/staff', height: 800 });
    await press(page, 'a');
    const box = await page.locator('details.offer form button').boundingBox();
    expect((box?.y ?? 800) + (box?.height ?? 0)).toBeLessThan(800);
  });
  it('what is wrong is said beside the button, with the focus and everything typed where it was', async () => {
    const page = await postern.open('nia', { path: '/staff' });
    await press(page, 'a');
    await page.keyboard.type('Zoe Hart');
    await page.locator('input[name="email"]').focus();
    await page.keyboard.type('zoe@desk.example');
    await press(page, 'Control+Enter');
    await page.locator('details.offer .told').getByText('Not done yet.').waitFor();
    expect(await page.locator('input[name="name"]').inputValue()).toBe('Zoe Hart');
    expect(await page.evaluate('document.activeElement.name')).toBe('email');
  });
  it('what one other person was faster with is shown anew before it is done', async () => {
    const page = await postern.open('nia', { path: '/staff/vic%40desk.example' });
    await press(page, 'c');
    const name = page.locator('input[name="name"]');
    await name.fill('Victor Ray');
    await page.locator('details.offer .will').getByText('Victor Ray').waitFor();
    await postern.add('Victor Ray', 'vic@desk.example', ['viewer', 'engineer']);
    await name.focus();
    await press(page, 'Control+Enter');
    await page.locator('.told, .notice').getByText(/./).first().waitFor();
    expect(await name.inputValue()).toBe('Victor Ray');
  });
});

describe('a form of another session', () => {
  it('gets the tokens of this one, and leaves what was done before to be read', async () => {
    const page = await postern.open('nia', { path: '/staff' });
    const csrf = await page.locator('input[name="csrf"]').first().inputValue();
    const done = await page.request.post(`${postern.address}/do/block-sender`, {
      form: { csrf, input: '{"sender":"pest@elsewhere.example"}', sure: 'yes', back: '/staff' },
      headers: { origin: postern.address },
      maxRedirects: 0,
    });
    expect(done.status()).toBe(303);
    await page.evaluate(`for (const one of document.querySelectorAll('input[name="csrf"]')) one.value = 'x'`);
    await press(page, 'a');
    await page.keyboard.type('Zoe Hart');
    await page.locator('.told').getByText('You have signed in anew since this page was opened').first().waitFor();
    expect(await page.locator('input[name="name"]').inputValue()).toBe('Zoe Hart');
    await page.reload();
    await page.locator('.notice').getByText('pest@elsewhere.example hears nothing from us').waitFor();
  });
});

describe('the theme', () => {
  it('follows the system, and then the choice', async () => {
    const page = await postern.open('kim', { dark: true });
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await ground();
    const theme = page.getByRole('group', { name: 'Theme' });
    const choose = async (name: string) => {
      await theme.getByRole('button', { name }).click();
      await theme.locator('[aria-pressed="true"]', { hasText: name }).waitFor();
    };
    await choose('light');
    expect(await ground()).not.toBe(dark);
    await choose('dark');
    expect(await ground()).toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).toBe(dark);
    await choose('system');
    expect(await ground()).not.toBe(dark);
  });
});

describe('the menu', () => {
  it('has who one is, the keys and the way out in sight at every height; only its places scroll', async () => {
    for (const height of [800, 500]) {
      const page = await postern.open('nia', { width: 1280, height });
      const inSight = async (name: string) =>
        (await page.locator('#menu').getByText(name, { exact: true }).boundingBox())?.y ?? height;
      expect(await inSight('? keys')).toBeLessThan(height - 10);
      expect(await inSight('Sign out')).toBeLessThan(height - 10);
      expect(await inSight('light')).toBeLessThan(height - 10);
      const places = await page.evaluate(
        "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('.places'))",
      );
      if (height === 800) expect(places).toBe(0);
      else expect(places).toBeGreaterThan(50);
      await page.context().close();
    }
  });
  it('your own name leads to where you are signed in', async () => {
    const page = await postern.open('kim');
    await page.locator('#menu').getByRole('link', { name: 'Kim Oster' }).click();
    await page.waitForURL('**/staff/sessions');
    await page.getByText('Your sessions').waitFor();
  });
});

describe('on a phone', () => {
  it('the menu is behind a button, by finger and by key', async () => {
    const page = await postern.open('kim', { width: 360, height: 700 });
    const menu = page.locator('#menu');
    expect(await menu.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Menu' }).click();
    await menu.getByRole('link', { name: 'Staff' }).click();
    await page.waitForURL('**/staff');
  });
});

describe('without scripts', () => {
  it('a button with fields shows what follows, is confirmed, and says what was done', async () => {
    const page = await postern.open('nia', { path: '/staff', scripts: false });
    await page.locator('details.offer > summary').click();
    await page.locator('input[name="name"]').fill('Zoe Hart');
    await page.locator('input[name="email"]').fill('zoe@desk.example');
    await page.locator('input[name="roles"][value="viewer"]').check();
    await page.locator('details.offer form button').click();
    await page.getByText('This is what follows. Press again to do it.').waitFor();
    await page.getByText('Zoe Hart (zoe@desk.example) is one of our people: viewer.').waitFor();
    await page.locator('form.again button').click();
    await page.locator('.notice').getByText('Zoe Hart').waitFor();
    expect(page.url()).toMatch(/\/staff$/);
  });
});

describe('many at once', () => {
  it('shows how far it has come without being asked, and is taken back by a key', async () => {
    const { openConsole } = await import('../../../workers/console.ts');
    const { bulk } = openConsole(postern.app);
    const items = Array.from({ length: 60 }, (_, i) => ({
      label: `spam-${i}`,
      input: { sender: `spam-${i}@elsewhere.example` },
    }));
    const id = await bulk.start({
      act: 'block-sender',
      says: 'Block',
      back: '/staff',
      staff: 'kim@desk.example',
      items,
    });
    const page = await postern.open('kim', { path: `/bulk/${id}` });
    await page.getByText('All 60 are done.').waitFor();
    await page.getByRole('button', { name: 'Undo 60' }).waitFor();
    await press(page, 'z');
    await page.getByText('All 60 are done.').waitFor();
    const left = () => postern.query('select key from blocked_senders where lifted_at is null');
    await postern.until('all are taken back', async () => (await left()).length === 0);
  });
});
