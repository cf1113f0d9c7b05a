/** Customers in Debian's Chromium: found, read and changed by keyboard alone, as each role, without scripts, on a phone, and in from files. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registrySql } from '../../support/app.ts';
import { people, type Somebody, startConsole, type TestConsole } from '../../support/console.ts';
import { heldMail } from '../../support/held-mails.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk?.stop());
const hostile = '"><img src=x onerror=document.title=1>';
beforeEach(() =>
  desk.anew(`${registrySql}
insert into sites (number, name, country, timezone, language) values ('1002301', 'Harbour ${hostile}', 'US', 'America/Los_Angeles', 'en');
insert into licences (site_id, number, product_id, kind, quantity, valid_from, position) values (1, 'T-1001', 1, 'trial', 1, current_date - 3, 3);
update product_versions set full_until = current_date;`),
);

const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const notice = (page: Page) => page.locator('.notice').innerText({ timeout: 10_000 });
const of = '/customers/1000345';
const person = async (address: string) =>
  (
    await desk.query<{ id: string; name: string; role: string; types: string[]; privileges: unknown; phone: string }>(
      'select c.id::text, name, role, types, privileges, phone from contacts c join contact_addresses a on a.contact_id = c.id where a.address = $1 and a.main',
      [address],
    )
  )[0];
const pathOf = async (address: string) => `${of}/people/${(await person(address))?.id}`;
const over = (page: Page) =>
  page.evaluate('Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)');
/** Opens an offer, fills its fields in by their names, waits for the sentence that says what follows, sends it and reads what was done. */
async function fillIn(page: Page, button: string, fields: Readonly<Record<string, string>>, says: string) {
  const offer = page.locator('details.offer').filter({ has: page.locator('summary', { hasText: button }) });
  await offer.locator('summary').first().click();
  for (const [name, value] of Object.entries(fields)) {
    const field = offer.locator(`[name="${name}"]`);
    const tag = await field.evaluate((one) => (one as unknown as { tagName: string }).tagName);
    if (tag === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await offer.locator('.will').getByText(says).first().waitFor();
  await offer.locator('form > button').click();
  await page.locator('.notice').getByText(says).first().waitFor();
}

describe('by keyboard alone', () => {
  it('a customer is gone to, found, opened and left, and y says why they are entitled', async () => {
    const page = await desk.open('kim', { path: '/keys' });
    await press(page, 'g', 'u');
    await page.waitForURL('**/customers');
    await press(page, '/');
    await page.keyboard.type('max@aldous.example');
    await press(page, 'Enter');
    await page.waitForURL('**/customers?q=*');
    expect(await page.locator('[data-row]').count()).toBe(1);
    await press(page, 'Escape', 'j', 'Enter');
    await page.waitForURL(`**${of}`);
    expect(await page.locator('.entitled').innerText()).toContain('Entitled on');
    expect(await page.getByText('Covered by licences').isVisible()).toBe(false);
    await press(page, 'y');
    await page.getByText('Covered by licences').waitFor();
    await press(page, 'u');
    await page.waitForURL('**/customers*');
  });
  it('somebody is put on record, which is taken back with one key', async () => {
    const page = await desk.open('kim', { path: of });
    await press(page, 'a');
    await page.keyboard.type('zoe@aldous.example');
    await press(page, 'Tab');
    await page.keyboard.type('Zoe Hart');
    await page.locator('details.offer[open] .will').getByText('zoe@aldous.example').first().waitFor();
    await press(page, 'Control+Enter');
    expect(await notice(page)).toContain('zoe@aldous.example');
    expect(await person('zoe@aldous.example')).toMatchObject({ name: 'Zoe Hart', role: 'authorized user' });
    await press(page, 'z');
    await desk.until('they are gone', async () => (await person('zoe@aldous.example')) === undefined);
  });
  it('a new PIN is drawn, and the one before stays good', async () => {
    const page = await desk.open('kim', { path: of });
    await press(page, 'p');
    expect(await notice(page)).toContain('site 1000345');
    const pins = page.locator('.pin');
    await page.locator('.why').getByText('the one before').waitFor();
    expect(await pins.count()).toBe(2);
    expect(await pins.nth(1).innerText()).toBe('345');
  });
});

describe('every act on a person', () => {
  it('changes what stands on record, each as it was said before', async () => {
    const path = await pathOf('max@aldous.example');
    const page = await desk.open('kim', { path });
    const max = () => person('max@aldous.example');
    await fillIn(page, 'Change details', { phone: '+44 1' }, 'phone');
    expect(await max()).toMatchObject({ phone: '+44 1', name: 'Max Ernst' });
    await fillIn(page, 'Another role', { role: 'technical contact' }, 'role authorized user → technical contact');
    expect(await max()).toMatchObject({ role: 'technical contact' });
    await fillIn(page, 'Another privilege', { name: 'downloads', value: 'none' }, 'downloads by the role → none');
    expect(await max()).toMatchObject({ privileges: { downloads: 'none' } });
    await press(page, 'd');
    await desk.until('they get proofs', async () => (await max())?.types.includes('administrative') === true);
    await page.getByRole('button', { name: /No proofs of entitlement/ }).waitFor();
    await fillIn(page, 'End letters', { kinds: 'announcements' }, 'announcements');
    await page.getByRole('button', { name: 'Send the PIN' }).click();
    await desk.sink.waitFor(1);
    await press(page, 'x');
    await page.waitForURL(`**${of}`);
    expect(await max()).toBeUndefined();
  });
  it('says what is wrong with a level where it stands, and keeps what was chosen', async () => {
    const page = await desk.open('kim', { path: await pathOf('max@aldous.example') });
    await press(page, 'p');
    const offer = page.locator('details.offer[open]');
    await offer.locator('select[name="name"]').selectOption('cases');
    await offer.locator('select[name="value"]').selectOption('software');
    await offer.locator('form button').click();
    await offer.locator('.told').getByText('is none of: none, view, update, default').waitFor();
    expect(await offer.locator('select[name="value"]').inputValue()).toBe('software');
  });
  it('erases nobody before their address was typed', async () => {
    const page = await desk.open('nia', { path: await pathOf('max@aldous.example') });
    await fillIn(
      page,
      'Erase the person',
      { address: 'max@aldous.example' },
      'What is held of max@aldous.example is erased',
    );
    await page.waitForURL(`**${of}`);
    expect(await person('max@aldous.example')).toBeUndefined();
  });
});

it('a privileged PIN is sent, used and revoked, and is shown to nobody', async () => {
  await heldMail(desk, 'ada@aldous.example', 'PIN 345 Robot arm drifts');
  const page = await desk.open('kim', { path: await pathOf('ada@aldous.example') });
  const [on] = await desk.query<{ number: string }>('select number from cases');
  await fillIn(page, 'Send a privileged PIN', { case: on?.number ?? '' }, 'privileged PIN for case');
  await page.getByText('not used yet').waitFor();
  await desk.until('the letter is out', async () => desk.sink.letters.length > 1);
  const secret = /\bp[0-9A-Z]{9}\b/i.exec(desk.sink.letters.map((one) => JSON.stringify(one)).join(' '))?.[0];
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.getByText('window open').first().waitFor();
  await page.goto(`${desk.address}${of}`);
  await page.getByText('window open').first().waitFor();
  if (secret) expect(await page.content()).not.toContain(secret);
  await page.getByRole('button', { name: 'Revoke it' }).click();
  await page.locator('.privileged').getByText('revoked').first().waitFor();
});

it('the site is changed, a licence registered and the list confirmed', async () => {
  const page = await desk.open('kim', { path: of });
  await fillIn(page, 'Change the site', { 'entry.name': 'Aldous & Daughters' }, 'Aldous & Daughters');
  await page.locator('h1').getByText('Aldous & Daughters').waitFor();
  await fillIn(page, 'Register a licence', { licence: 'T-1001', contact: 'ada@aldous.example' }, 'T-1001');
  await desk.until(
    'it is registered',
    async () =>
      (await desk.query("select from licences where number = 'T-1001' and registered_on is not null")).length === 1,
  );
  await fillIn(page, 'The list is right', { contact: 'ada@aldous.example' }, 'confirmed to be right');
  await page.getByText('The list was confirmed').waitFor();
});

it('whoever comes on record lets in what was held of them', async () => {
  await heldMail(desk, 'zoe@aldous.example', 'PIN 345 Robot arm drifts', { name: 'Zoe Hart' });
  const page = await desk.open('kim', { path: of });
  await fillIn(page, 'Add somebody', { address: 'zoe@aldous.example', name: 'Zoe Hart' }, 'zoe@aldous.example');
  await page
    .locator('.notice')
    .getByRole('link', { name: /One held mail would be let in now/ })
    .click();
  await page.waitForURL('**/held/let-in');
  await page.getByText('zoe@aldous.example').waitFor();
});

describe('files of the registry', () => {
  const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  const yaml = 'sites:\n  - number: "1000345"\n    name: Aldous Ltd\n';
  it('are chosen, shown as what they change, and written with one key', async () => {
    const page = await desk.open('kim', { path: '/customers' });
    await press(page, 'i');
    await page.waitForURL('**/customers/import');
    await page.getByLabel('Files').setInputFiles([file('registry.yaml', yaml)]);
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByText('name Aldous Robotics → Aldous Ltd').waitFor();
    await press(page, 'w');
    expect(await notice(page)).toContain('Aldous Ltd');
    expect(new URL(page.url()).pathname).toBe('/customers');
    await page.locator('[data-row]').getByText('Aldous Ltd').waitFor();
  });
  it('do so without scripts, and say their faults with the line', async () => {
    const page = await desk.open('kim', { path: '/customers/import', scripts: false });
    await page.getByLabel('Files').setInputFiles([file('registry.yaml', `${yaml}    country: UK\n`)]);
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByText('registry.yaml:4').waitFor();
    await page.getByLabel('Files').setInputFiles([file('registry.yaml', yaml)]);
    await page.getByRole('button', { name: 'Show what would change' }).click();
    await page.getByRole('button', { name: /Write it into the registry/ }).click();
    expect(await notice(page)).toContain('Aldous Ltd');
  });
});

it('what needs words is done without scripts as well', async () => {
  const page = await desk.open('kim', { path: of, scripts: false });
  await page.getByText('Add somebody').first().click();
  const offer = page.locator('details.offer[open]');
  await offer.locator('input[name="address"]').fill('zoe@aldous.example');
  await offer.locator('input[name="name"]').fill('Zoe Hart');
  await offer.locator('form button').click();
  await page.getByText('This is what follows. Press again to do it.').waitFor();
  await page.getByRole('button', { name: 'Add somebody' }).click();
  expect(await notice(page)).toContain('zoe@aldous.example');
});

describe('each role', () => {
  it.each(Object.keys(people) as Somebody[])('of %s does what it may, and is told who does the rest', async (who) => {
    const may = who === 'nia' || who === 'kim';
    for (const path of [of, await pathOf('max@aldous.example')]) {
      const page = await desk.open(who, { path });
      expect((await page.locator('form[action^="/do/"]').count()) > 0, path).toBe(may);
      if (!may) await page.getByText(/You see customers and change nothing of them\. You are .+; this takes/).waitFor();
      await page.context().close();
    }
    const page = await desk.open(who, { path: '/customers' });
    expect(await page.getByRole('link', { name: /^Import/ }).count()).toBe(may ? 1 : 0);
    await page.goto(`${desk.address}/customers/import`);
    expect(await page.locator('h1').innerText()).toBe(may ? 'Import customers' : 'You may not do this.');
    await page.context().close();
  });
});

describe('every page', () => {
  it('fits every width, and runs nothing of what customers are called', async () => {
    await heldMail(desk, 'ada@aldous.example', 'PIN 345 Robot arm drifts');
    await desk.query('update contacts set name = $1 where name = $2', [
      `Ada ${'w'.repeat(150)} ${hostile}`,
      'Ada Byron',
    ]);
    for (const width of [360, 700, 1280, 1900]) {
      const page = await desk.open('kim', { width });
      for (const path of [
        '/customers',
        '/customers?show=ended',
        of,
        '/customers/1002301',
        `${of}/people`,
        await pathOf('ada@aldous.example'),
        '/customers/import',
        '/customers/import?site=1000345',
        '/customers/export',
      ]) {
        await page.goto(`${desk.address}${path}`);
        expect([width, path, await over(page)]).toEqual([width, path, 0]);
        expect(await page.locator('h1').count(), path).toBe(1);
        expect(await page.title()).not.toBe('1');
      }
      await page.context().close();
    }
  });
});
