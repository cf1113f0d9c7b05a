/** Renewals by keyboard, in Debian's Chromium: held, released, edited, sent, skipped, paused; many at once; the calendar; as each role. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { planRenewals } from '../../../src/flows/renewals/run-renewals.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { actAt, openSoon, press } from '../../support/console-window.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk?.stop());
beforeEach(() => desk.anew());

const open = (...window: Parameters<TestConsole['open']>) => openSoon(desk, ...window);
const day = (from: number): string => Temporal.Now.plainDateISO('UTC').add({ days: from }).toString();

/** The plan of site 1000345 ends in so many days; what is due for that is planned. */
async function ending(days: number): Promise<void> {
  await desk.query('update plans set valid_to = $1 where site_id = 1', [day(days)]);
  await desk.query("update licences set valid_to = $1 where site_id = 1 and kind = 'support'", [day(days)]);
  await actAt(desk, 'start-schedule', { kind: 'renewals' });
  await desk.query(
    `insert into renewal_sites (site_id, plan_at) values (1, now()) on conflict (site_id) do update set plan_at = now()`,
  );
  await planRenewals(desk.app);
}
type Step = { id: string; step: number; state: string; words: string | null };
const steps = () => desk.query<Step>('select id::text, step, state, words from renewal_steps order by due_at, id');
const planned = async () => (await steps()).filter(({ state }) => state === 'planned');
const stateOf = async (id: string) => (await steps()).find((one) => one.id === id)?.state;

describe('by keyboard alone', () => {
  it('a letter is found, previewed, held and released, and that is taken back', async () => {
    await ending(35);
    const [first] = await planned();
    const page = await open('robin');
    await press(page, 'g', 'r');
    await page.waitForURL('**/renewals');
    await press(page, 'j', 'Enter');
    await page.waitForURL(`**/renewals/${first?.id}*`);
    await page.locator('#letter pre').getByText('Aldous Robotics').waitFor();
    await press(page, 'h');
    await page.locator('.notice').getByText('is held').waitFor();
    expect(await stateOf(first?.id ?? '')).toBe('held');
    await press(page, 'z');
    await page.locator('.notice').getByText('goes out on its day').waitFor();
    expect(await stateOf(first?.id ?? '')).toBe('planned');
  });
  it('has a paragraph of its own, which stands in the letter, and none again', async () => {
    await ending(35);
    const [first] = await planned();
    const page = await open('robin', { path: `/renewals/${first?.id}` });
    await press(page, 'e');
    await page.getByLabel('Stands at the top of the letter').fill('We can extend it by three years.');
    await page.locator('details.offer[open] .will').getByText('has a paragraph of its own').waitFor();
    await page.locator('details.offer[open] form > button.btn').click();
    await page.locator('.notice').getByText('has a paragraph of its own').waitFor();
    await page.locator('#letter pre').getByText('We can extend it by three years.').waitFor();
    await press(page, 'e');
    await page.getByLabel('Stands at the top of the letter').fill('');
    await page.locator('details.offer[open] .will').getByText('without a paragraph of its own').waitFor();
    await page.locator('details.offer[open] form > button.btn').click();
    await page.locator('.notice').getByText('without a paragraph of its own').waitFor();
    await desk.until('the words are gone', async () => (await steps())[0]?.words === null);
  });
  it('is sent now, asked once: to whom, when and what the server said stand beside it', async () => {
    await ending(35);
    const [first] = await planned();
    const page = await open('robin', { path: `/renewals/${first?.id}` });
    await page.locator('.offer .will').getByText('ada@aldous.example').first().waitFor();
    await page.keyboard.down('s');
    await page.locator('.told').getByText('A letter goes to ada@aldous.example, and does not come back.').waitFor();
    await page.keyboard.down('s');
    await page.keyboard.up('s');
    expect(await stateOf(first?.id ?? '')).toBe('planned');
    await press(page, 's');
    await page.locator('.notice').getByText('is sent to ada@aldous.example').waitFor();
    await desk.until('it is out', async () => desk.sink.letters.length === 1);
    await desk.until('its answer is written', async () => {
      const rows = await desk.query("select from letters where template = 'renewal-notice' and state = 'sent'");
      return rows.length === 1;
    });
    await page.goto(`${desk.address}/renewals?view=sent`);
    await page
      .locator('.row')
      .getByText(/^2\d\d /)
      .waitFor();
    // It went today, whatever its own day is, and that account was told.
    const today = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format();
    expect(await page.locator('.day h2').allInnerTexts()).toEqual([expect.stringContaining(today)]);
    await page.goto(`${desk.address}/renewals/not-told`);
    await page.getByText('of every letter that was due since renewals were started somebody was told').waitFor();
    await desk.query("update sites set name = 'Renamed since' where id = 1");
    await page.goto(`${desk.address}/renewals/${first?.id}`);
    await page
      .locator('.row code, .row .mono')
      .getByText(/^2\d\d /)
      .waitFor();
    await page.getByText('The letter to ada@aldous.example, as it was written').waitFor();
    await page.locator('#letter pre').getByText('Aldous Robotics').waitFor();
  });
  it('is skipped', async () => {
    await ending(35);
    const [first] = await planned();
    const page = await open('nia', { path: `/renewals/${first?.id}` });
    await press(page, 'x');
    await page.locator('.notice').getByText('does not go out').waitFor();
    expect(await stateOf(first?.id ?? '')).toBe('skipped');
    await page.getByText('somebody has skipped it').first().waitFor();
  });
});

describe('before they are started', () => {
  it('what would go out is shown, and nobody counts as told', async () => {
    await desk.query('update plans set valid_to = $1 where site_id = 1', [day(35)]);
    await desk.query("update licences set valid_to = $1 where site_id = 1 and kind = 'support'", [day(35)]);
    const page = await open('nia', { path: '/renewals?view=planned' });
    await page.getByText('Nothing of this goes out yet.').waitFor();
    expect(await page.locator('main .row', { hasText: 'Aldous Robotics' }).count()).toBeGreaterThan(3);
    expect(await page.getByRole('link', { name: 'Planned' }).innerText()).toBe('Planned');
    await page.goto(`${desk.address}/renewals/not-told`);
    await page.getByText('While renewals stand still nobody is told').waitFor();
    await page.goto(`${desk.address}/renewals/all`);
    await page.locator('main .row', { hasText: 'Aldous Robotics' }).waitFor();
    expect(await page.locator('.offer .will').first().innerText()).toContain('Letters about renewals start');
  });
});

it('what ends within 30, 60 or 90 days is listed by its end, with who was told', async () => {
  await ending(35);
  const page = await open('robin', { path: '/renewals' });
  await page.getByRole('link', { name: 'Ends', exact: true }).click();
  await page.waitForURL('**/renewals/ends');
  const row = page.locator('main .row', { hasText: 'Aldous Robotics' });
  await row.getByText('not told yet').waitFor();
  await row.getByText('next letter').waitFor();
  await page.getByRole('link', { name: '30 days' }).click();
  await page.getByText('At no account something ends within 30 days').waitFor();
  const [first] = await planned();
  await actAt(desk, 'send-renewal', { renewal: first?.id ?? '' });
  await page.getByRole('link', { name: '60 days' }).click();
  await row.getByText('told', { exact: true }).waitFor();
});

it('many at once: those chosen are held, each as it was shown', async () => {
  await ending(35);
  const all = await planned();
  const page = await open('robin', { path: '/renewals?view=planned' });
  await press(page, 'j', ' ', ' ', 'h');
  await page.waitForURL('**/renewals/many*');
  expect(await page.locator('main .row').count()).toBe(2);
  await page.getByRole('button', { name: 'Hold: 2' }).click();
  await page.waitForURL('**/bulk/*');
  await page.getByText('All 2 are done.').waitFor();
  expect((await steps()).filter(({ state }) => state === 'held').map(({ id }) => id)).toEqual(
    all.slice(0, 2).map(({ id }) => id),
  );
});

it('all of them are paused and let go again, and every page says so', async () => {
  await ending(35);
  const page = await open('robin', { path: '/renewals/all' });
  await press(page, 'p');
  await page.locator('.notice').getByText('No letter about a renewal goes out').waitFor();
  await page.goto(`${desk.address}/renewals`);
  await page.getByText('Renewals are paused since').waitFor();
  await page.getByRole('link', { name: 'Kept back by a pause' }).click();
  await page.getByText('No letter is kept back').waitFor();
  await page.goto(`${desk.address}/renewals/all`);
  await press(page, 'r');
  await page.locator('.notice').waitFor();
  await page.goto(`${desk.address}/renewals/calendar`);
  expect(await page.getByText('Renewals are paused since').count()).toBe(0);
});

it('a quote is attached from a file, and what is none is refused', async () => {
  await ending(35);
  const [first] = await planned();
  const page = await open('robin', { path: `/renewals/${first?.id}` });
  await press(page, 'q');
  const file = (name: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from('%PDF-1.7') });
  await page.getByLabel('The file').setInputFiles(file('quote.exe'));
  await page.locator('#quote form > button.btn').click();
  await page.getByText('has to end in pdf').waitFor();
  await page.goto(`${desk.address}/renewals/${first?.id}`);
  await press(page, 'q');
  await page.getByLabel('The file').setInputFiles(file('quote 2027.pdf'));
  await page.locator('#quote form > button.btn').click();
  await page.locator('.notice').getByText('quote 2027.pdf').waitFor();
  await page.locator('.hint').getByText('Attached: ').waitFor();
});

it('the letter is previewed as text and as HTML, to anybody of the site', async () => {
  await ending(35);
  const [first] = await planned();
  const page = await open('vic', { path: `/renewals/${first?.id}?view=html` });
  const frame = page.frameLocator('iframe.letter');
  await frame.getByText('Aldous Robotics').first().waitFor();
  await page.getByLabel('As it reads to').selectOption({ label: 'max@aldous.example (Max Ernst)' });
  await page.getByRole('button', { name: 'Show' }).click();
  await page.waitForURL('**as=2*');
  await page.frameLocator('iframe.letter').getByText('Aldous Robotics').first().waitFor();
  expect(await page.locator('iframe.letter').getAttribute('sandbox')).toBe('');
});

it('a month shows how many go out on each day, on a phone as a list', async () => {
  await ending(35);
  const [first] = await desk.query<{ day: string }>(
    "select to_char(day, 'YYYY-MM-DD') as day from renewal_steps where state = 'planned' order by day limit 1",
  );
  const page = await open('vic', { path: `/renewals/calendar?month=${first?.day.slice(0, 7)}` });
  await page.locator('.month li a', { hasText: '1 planned' }).first().click();
  await page.waitForURL(`**/renewals?*day=${first?.day}`);
  expect(await page.locator('main .row').count()).toBe(1);
  const phone = await open('vic', { path: `/renewals/calendar?month=${first?.day.slice(0, 7)}`, width: 360 });
  await phone.locator('.month li a .on-phone').first().waitFor();
  expect(await phone.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')).toBe(
    false,
  );
});

it('who was not told is listed with the reason, and saved; so is who was', async () => {
  await ending(35);
  const [first] = await planned();
  await desk.query('update contacts set unreachable_since = now() where site_id = 1');
  await actAt(desk, 'send-renewal', { renewal: first?.id ?? '' });
  await desk.query("update renewal_steps set due_at = now() - interval '1 hour', day = current_date where id = $1", [
    first?.id,
  ]);
  const page = await open('robin', { path: '/renewals/not-told' });
  await page.getByText('Nobody there can be written to.').waitFor();
  const robin = await desk.as('robin');
  const csv = await robin.get('/renewals/not-told.csv');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(await csv.text()).toContain('1000345,Aldous Robotics');
  expect(await (await robin.get('/renewals/told.csv')).text()).toContain('message-id');
});

describe('as each role', () => {
  it('the renewal team, managers and admins change; others see, and are told who may', async () => {
    await ending(35);
    const [first] = await planned();
    for (const [who, may] of [
      ['nia', true],
      ['robin', true],
      ['kim', false],
      ['vic', false],
    ] as const) {
      const page = await open(who, { path: `/renewals/${first?.id}` });
      expect(await page.getByRole('button', { name: /^Hold/ }).isEnabled(), who).toBe(may);
      const viewer = await desk.as(who);
      const answer = await viewer.post(`/renewals/${first?.id}/quote`, {});
      expect(answer.status, who).toBe(may ? 422 : 403);
      await page.context().close();
    }
  });
});

it('without scripts a letter is held all the same', async () => {
  await ending(35);
  const [first] = await planned();
  const page = await open('robin', { path: `/renewals/${first?.id}`, scripts: false });
  await page.getByRole('button', { name: /^Hold/ }).click();
  await page.locator('.notice').getByText('is held').waitFor();
  expect(await stateOf(first?.id ?? '')).toBe('held');
});
