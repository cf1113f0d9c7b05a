/** Overview, queues and mailboxes in a browser, by keyboard alone. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { registrySql } from '../../support/app.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
}, 60_000);
afterAll(() => postern.stop());
beforeEach(async () => {
  for (const queue of ['intake', 'outbound', 'upkeep'] as const) await postern.app.queues.resume(queue);
  await postern.anew(registrySql);
});

const given = (cause: string) =>
  postern.query(
    `insert into mails (arrived_at, door, door_name, sha256, size, state, tries, last_failure)
     values (now(), 'hand', 'x', sha256($1), 1, 'dead', 5, $1)`,
    [cause],
  );
/** Opened until it shows what was just written: figures are looked at every few seconds. */
async function opened(path: string, text: string) {
  const page = await postern.open('kim', { path });
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  const end = Date.now() + 15_000;
  while ((await page.getByText(text).count()) === 0 && Date.now() < end) {
    await page.waitForTimeout(300);
    await page.reload();
  }
  return { page, faults };
}

it('tries mails again by one key, and says what was done', async () => {
  await given('parser-crashed');
  const { page, faults } = await opened('/', 'was given up');
  await page.keyboard.press('1');
  await page.getByText('1 mail is decided again now').first().waitFor();
  await postern.until(
    'it was tried',
    async () => (await postern.query(`select from audit where action = 'mail-retried'`)).length === 1,
  );
  expect(faults).toEqual([]);
});

it('goes to the queues, pauses one with a reason and resumes it, without a mouse', async () => {
  const { page, faults } = await opened('/', 'Held mail');
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.waitForURL('**/queues');
  const queue = page.locator('#intake');
  await queue.getByText('Pause it').focus();
  await page.keyboard.press('Enter');
  await queue.getByLabel('Why').focus();
  await page.keyboard.type('a new parser comes');
  await page.keyboard.press('Enter');
  await page.getByText('The queue intake is paused.').waitFor();
  await queue.getByText(/^Paused .*a new parser comes/).waitFor();
  await queue.getByRole('button', { name: 'Resume' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('the queue intake is resumed').waitFor();
  await queue.getByText('Pause it').waitFor();
  expect(faults).toEqual([]);
});

it('draws a queue anew where somebody else has turned it', async () => {
  const { page, faults } = await opened('/queues', 'Pause it');
  await (await postern.as('nia')).post('/queues/intake/pause', { reason: 'a new parser comes' });
  await page.locator('#intake').getByRole('button', { name: 'Resume' }).waitFor();
  expect(faults).toEqual([]);
});

it('leads to the case of a card, which says whose it is once it was taken', async () => {
  await postern.query(
    `insert into cases (number, site_id, title, severity, kind, status, opened_at, contact_address, language)
     values ('500001', 1, 'The arm drifts', 1, 'incident', 'open', now(), 'ada@aldous.example', 'en')`,
  );
  const { page } = await opened('/', 'has no owner');
  await page.getByRole('button', { name: /^Take it/ }).click();
  await page.getByText("Case 500001 is kim@desk.example's").first().waitFor();
  await page.getByText('has no owner').waitFor({ state: 'detached' });
  await postern.query("update cases set owner = null where number = '500001'");
  const again = (await opened('/', 'has no owner')).page;
  await again.keyboard.press('1');
  await again.waitForURL('**/cases/500001');
});

it('asks for UIDs again: the sentence follows what is typed', async () => {
  await postern.query(
    `insert into mailboxes (name, epoch, uid_validity, watermark, seen, stored) values ('support', 1, '7', 120, 12, 10)`,
  );
  const { page, faults } = await opened('/queues/mailboxes/support', 'Ledger');
  await page.keyboard.press('f');
  await page.keyboard.type('100');
  await page.keyboard.press('Tab');
  await page.keyboard.type('110');
  await page.getByText('UIDs 100 to 110 of mailbox support are looked at again').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('waits for the next look').waitFor();
  expect(faults).toEqual([]);
});

it('has a place for mailboxes, which says what is so where there is none', async () => {
  const page = await postern.open('kim');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.waitForURL('**/queues/mailboxes');
  await page.getByText('No mailbox is connected').waitFor();
  await page.goto(`${postern.address}/queues`);
  await page.getByText('Nothing failed: no mail and no letter waits to be tried again.').waitFor();
  await page.locator('#mailboxes').getByText('No mailbox is connected').waitFor();
});

it('draws the hours, and shows the board in its frame', async () => {
  await postern.query(`insert into traffic_hours values (date_trunc('hour', now()), 12, 15, '{}')`);
  const { page, faults } = await opened('/queues/hours', 'As a table');
  await page.locator('.chart canvas').waitFor();
  await page.keyboard.press('u');
  await page.waitForURL('**/queues');
  await page.keyboard.press('b');
  await page.waitForURL('**/queues/jobs');
  await page.frameLocator('iframe.board').getByText('intake').first().waitFor();
  expect(faults).toEqual([]);
});

it.each([360, 820, 1280])('scrolls nothing sideways at %i px', async (width) => {
  await given('parser-crashed');
  await postern.query(
    `insert into mailboxes (name, epoch, uid_validity, watermark, seen, stored) values ('support', 1, '7', 120, 12, 10)`,
  );
  for (const path of ['/', '/queues', '/queues/hours', '/queues/mailboxes/support']) {
    const page = await postern.open('kim', { path, width });
    const over = await page.evaluate(
      'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
    );
    expect([path, over]).toEqual([path, 0]);
  }
});

it('follows live: what has changed is said, and waits', async () => {
  const { page } = await opened('/', 'All is well');
  await given('parser-crashed');
  await page.getByText('This has changed. Show it as it is now').waitFor({ timeout: 15_000 });
  await page.getByText('This has changed. Show it as it is now').click();
  await page.getByText('was given up').first().waitFor();
}, 40_000);
