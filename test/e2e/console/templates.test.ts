/** Templates and policy in a browser: with scripts in place, without them by buttons. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mail } from '../../support/app.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
});
afterAll(() => postern.stop());
beforeEach(async () => {
  await postern.anew();
  await postern.app.templates.refresh();
});

const path = '/templates/en/acknowledgement';
const text = () => postern.app.templates.shipped.letters.en?.acknowledgement?.body ?? '';
const polite = () => text().replace('Kind regards', 'With best wishes');

describe('the editor', () => {
  it('shows the letter beside what is typed, saves it in place, and takes it back by a key', async () => {
    const page = await postern.open('nia', { path });
    const shown = page.frameLocator('iframe.letter');
    await shown.getByText('Kind regards').waitFor();
    await page.locator('textarea[name="body"]').fill(polite());
    await shown.getByText('With best wishes').waitFor();
    await page.locator('#letter .checks.good').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('body');
    await page.getByLabel('Why').fill('Friendlier');
    await page.locator('.editing .will').getByText('counts for every letter').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice').getByText('counts for every letter').waitFor();
    expect(postern.app.templates.now().letters.en?.acknowledgement?.body).toContain('With best wishes');
    await page.locator('.diff .new').getByText('With best wishes').waitFor();
    await page.locator('body').click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('z');
    await page.locator('.notice').getByText('shipped template').waitFor();
    expect(postern.app.templates.now().letters.en?.acknowledgement?.body).toContain('Kind regards');
  });
  it('says while one types what is wrong, and saves nothing of it', async () => {
    const page = await postern.open('nia', { path });
    await page.locator('textarea[name="body"]').fill(text().replace('{{ due }}', '{{ dew }}'));
    await page.locator('#letter .checks').getByText('dew }} is no value').waitFor();
    await page.getByLabel('Why').fill('Broken');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.told').getByText('is missing').waitFor();
    expect(await page.locator('textarea[name="body"]').inputValue()).toContain('{{ dew }}');
    expect(await postern.query('select from template_versions')).toEqual([]);
  });
  it('shows another example, also of what is not saved', async () => {
    const page = await postern.open('nia', { path });
    await page.locator('textarea[name="body"]').fill(polite());
    await page.frameLocator('iframe.letter').getByText('With best wishes').waitFor();
    await page.getByLabel('Look at it in').selectOption({ label: 'Example 2' });
    await page.frameLocator('iframe.letter').getByText('Severity 1: please call us').waitFor();
    await page.frameLocator('iframe.letter').getByText('With best wishes').waitFor();
  });
  it('tells the second of two who was faster, and keeps what that one typed', async () => {
    const first = await postern.open('nia', { path });
    const second = await postern.open('nia', { path });
    for (const [page, words] of [
      [first, 'With best wishes'],
      [second, 'Yours faithfully'],
    ] as const) {
      await page.locator('textarea[name="body"]').fill(text().replace('Kind regards', words));
      await page.getByLabel('Why').fill('Another greeting');
    }
    await first.getByRole('button', { name: 'Save' }).click();
    await first.locator('.notice').waitFor();
    await second.getByRole('button', { name: 'Save' }).click();
    await second.locator('.told, .will').getByText('Somebody was faster').first().waitFor();
    expect(await second.locator('textarea[name="body"]').inputValue()).toContain('Yours faithfully');
  });
  it('works without scripts', async () => {
    const page = await postern.open('nia', { path, scripts: false });
    await page.locator('textarea[name="body"]').fill(polite());
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.frameLocator('iframe.letter').getByText('With best wishes').waitFor();
    expect(await page.locator('textarea[name="body"]').inputValue()).toContain('With best wishes');
    await page.getByLabel('Why').fill('Friendlier');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Press again to do it').waitFor();
    await page.locator('form.again button').click();
    await page.locator('.notice').getByText('counts for every letter').waitFor();
  });
  it('is one column on a phone, with everything in it', async () => {
    const page = await postern.open('nia', { path, width: 360, height: 740 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
      true,
    );
    await page.getByRole('button', { name: 'Save' }).scrollIntoViewIfNeeded();
  });
});

describe('the policy', () => {
  const decided = async () => {
    await postern.handIn(mail({ subject: 'PIN 345 It stops' }));
    await postern.until(
      'it is decided',
      async () => (await postern.query("select from mails where state = 'decided'")).length === 1,
    );
  };
  it.each([true, false])('is tried and comes out as lines for the file; scripts: %s', async (scripts) => {
    await decided();
    const page = await postern.open('kim', { path: '/policy', scripts });
    await page.locator('summary').getByText('Cases', { exact: true }).click();
    await page.getByLabel('askFor', { exact: true }).first().fill('[version]');
    await page.getByRole('button', { name: 'Try what is changed' }).click();
    await page.waitForURL('**/policy/tried/*');
    if (!scripts) {
      await page.waitForTimeout(1_500);
      await page.goto(page.url());
    }
    await page.getByText('1 mail of 1 would have been decided otherwise').waitFor();
    await page.getByText('askFor: [ version ]').waitFor();
    await page.locator('[data-row] a').first().click();
    await page.waitForURL('**/mails/*');
  });
});
