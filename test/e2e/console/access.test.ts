/** Requests for access by keyboard, in Debian's Chromium: decided, taken back, set right, reminded; who may open cases; as each role. */
import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { actAt, openSoon, press } from '../../support/console-window.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
});
afterAll(() => desk?.stop());
beforeEach(() => desk.anew());

const open = (...window: Parameters<TestConsole['open']>) => openSoon(desk, ...window);
const act = (name: string, input: object) => actAt(desk, name, input);
const nora = 'nora@freelance.example';

/** Entered for somebody, whose address is then theirs; the clock has asked those who decide. */
async function request(more: object = {}, verified = true): Promise<string> {
  await act('request-access', {
    ...{ site: '1000345', address: nora, country: 'GB', name: 'Nora Eck', justification: 'Runs the printers' },
    ...more,
  });
  const [row] = await desk.query<{ id: string }>('select max(id)::text as id from access_requests');
  const id = row?.id ?? '';
  if (!verified) return id;
  await desk.query(
    "insert into access_request_steps (request_id, kind, at, by) values ($1, 'verify-sent', now(), 'clock'), ($1, 'verified', now(), 'mail 1')",
    [id],
  );
  await desk.query(
    "update access_requests set state = 'waiting', timer_at = now(), version_no = version_no + 1 where id = $1",
    [id],
  );
  await desk.runClock();
  return id;
}
const stateOf = async (id: string) =>
  (await desk.query<{ state: string }>('select state from access_requests where id = $1', [id]))[0]?.state;
const roleOf = async (address: string) =>
  (
    await desk.query<{ role: string }>(
      'select c.role from contacts c join contact_addresses a on a.contact_id = c.id where a.address = $1',
      [address],
    )
  )[0]?.role;

describe('by keyboard alone', () => {
  it('is granted with a role and a last day, and taken back', async () => {
    const id = await request();
    const page = await open('kim');
    await press(page, 'g', 'a');
    await page.waitForURL('**/access');
    await press(page, 'j', 'Enter');
    await page.waitForURL(`**/access/${id}`);
    expect(await page.locator('main').innerText()).toContain('ada@aldous.example');
    await press(page, 'Shift+G');
    await page.locator('details.offer[open] select[name="role"]').selectOption('technical contact');
    await page.getByLabel('Last day of the access').fill('2027-11-30');
    await page.locator('details.offer[open] .will').getByText('technical contact').waitFor();
    await page.locator('details.offer[open] form > button.btn').click();
    await page.locator('.notice').getByText('is granted').waitFor();
    expect([await stateOf(id), await roleOf(nora)]).toEqual(['granted', 'technical contact']);
    await press(page, 'z');
    await page.locator('.notice').getByText('taken back').waitFor();
    expect(await stateOf(id)).toBe('waiting');
  });
  it('is denied with a reason, which has to be chosen', async () => {
    const id = await request();
    const page = await open('kim', { path: `/access/${id}` });
    await press(page, 'Shift+D');
    await page.locator('details.offer[open] form > button.btn').click();
    await page.locator('.told .said').getByText('A denial has a reason').waitFor();
    expect(await stateOf(id)).toBe('waiting');
    await page.locator('details.offer[open] select[name="reason"]').selectOption('2');
    await page.getByLabel('To the asker besides').fill('Ask your primary first.');
    await page.locator('details.offer[open] .will').getByText('is denied').waitFor();
    await page.locator('details.offer[open] form > button.btn').click();
    await page.locator('.notice').getByText('is denied').waitFor();
    expect(await stateOf(id)).toBe('denied');
    await page.getByText('Ask your primary first.').waitFor();
    await press(page, 'b');
    await page.locator('.notice').getByText('taken back').waitFor();
  });
  it('of a wrong number is set right, and the deciders of the right site are asked', async () => {
    const id = await request({ site: '7654321' });
    expect(await stateOf(id)).toBe('with-client-care');
    const page = await open('kim', { path: '/access?state=with-client-care' });
    await press(page, 'j', 'Enter');
    await page.getByText('There is no site 7654321').waitFor();
    await press(page, 'c');
    await page.getByLabel('Site number').fill('1000345');
    await page.locator('details.offer[open] .will').getByText('site 1000345').waitFor();
    await page.locator('details.offer[open] form > button.btn').click();
    await page.locator('.notice').getByText('set right').waitFor();
    await press(page, 'r');
    await page.locator('.notice').getByText('once more').waitFor();
    const letters = await desk.query("select to_address from letters where template = 'access-question'");
    expect(letters).toEqual([{ to_address: 'ada@aldous.example' }]);
    // Once an hour is enough, and the page says so.
    await page.getByText('once an hour is enough').waitFor();
  });
  it('shows each step, and each letter with what became of it', async () => {
    const id = await request();
    await desk.until('the letters are out', async () => desk.sink.letters.length >= 2);
    const page = await open('vic', { path: `/access/${id}` });
    for (const text of [
      'The address is theirs',
      'Those who decide at the site were asked',
      'question about a request for access',
    ])
      await page.getByText(text, { exact: false }).first().waitFor();
    expect(await page.getByText('You are viewer').count()).toBeGreaterThan(0);
  });
});

it('what somebody has decided meanwhile is told to whoever comes second', async () => {
  const id = await request();
  const [first, second] = [await open('kim', { path: `/access/${id}` }), await open('nia', { path: `/access/${id}` })];
  await first.keyboard.press('Shift+G');
  await first.locator('details.offer[open] form > button.btn').click();
  await first.locator('.notice').waitFor();
  await second.keyboard.press('Shift+D');
  await second.locator('details.offer[open] select[name="reason"]').selectOption('1');
  const says = 'granted before, by kim@desk.example';
  await second.locator('details.offer[open] .will').getByText(says).waitFor();
  await second.locator('details.offer[open] form > button.btn').click();
  await second.locator('.told .said').getByText(says).waitFor();
  expect(await stateOf(id)).toBe('granted');
});

it('two have to grant what the policy says: the second confirms by one key', async () => {
  const twice = Object.assign(desk.app.policy.access, { twoDeciders: ['secondary'] });
  try {
    const id = await request();
    const first = await open('kim', { path: `/access/${id}` });
    await press(first, 'Shift+G');
    await first.locator('details.offer[open] select[name="role"]').selectOption('secondary');
    await first.locator('details.offer[open] .will').getByText('first of two').waitFor();
    await first.locator('details.offer[open] form > button.btn').click();
    await first.locator('.notice').getByText('waits for the second').waitFor();
    expect(await stateOf(id)).toBe('waiting');
    // Not by the same person.
    await first.getByRole('button', { name: /^Withdraw/ }).waitFor();
    const second = await open('nia', { path: `/access/${id}` });
    await second.getByText('has granted it as the first of two').waitFor();
    await press(second, 'Shift+G');
    await second.locator('.notice').getByText('is granted').waitFor();
    expect([await stateOf(id), await roleOf(nora)]).toEqual(['granted', 'secondary']);
  } finally {
    Object.assign(twice, { twoDeciders: [] });
  }
});

describe('without scripts', () => {
  it('a request is decided all the same', async () => {
    const id = await request();
    const page = await open('kim', { path: `/access/${id}`, scripts: false });
    await page.locator('details.offer summary', { hasText: 'Deny' }).click();
    await page.locator('details.offer[open] select[name="reason"]').selectOption('3');
    await page.locator('details.offer[open] form > button.btn').click();
    await page.getByText('This is what follows. Press again to do it.').waitFor();
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.locator('.notice').getByText('is denied').waitFor();
    expect(await stateOf(id)).toBe('denied');
  });
});

describe('who may open cases', () => {
  const asked = () => desk.query("update contacts set to_attest = '2026-Q4' where site_id = 1 and role <> 'primary'");
  it('is listed, asked once more, and answered for the site', async () => {
    await asked();
    const page = await open('kim', { path: '/access/rounds' });
    await press(page, 'j', 'Enter');
    await page.waitForURL('**/access/rounds/1000345');
    await press(page, 'r');
    await page.locator('.notice').getByText('ada@aldous.example').waitFor();
    await page.getByLabel('stays', { exact: true }).check();
    await page.locator('details.offer[open] .will').getByText('may still open cases').waitFor();
    await page.locator('details.offer[open] form > button.btn').click();
    await page.locator('.notice').getByText('confirmed').waitFor();
    expect(await desk.query('select from contacts where to_attest is not null')).toEqual([]);
  });
  it('are begun by whoever may, and the page says how many letters that is', async () => {
    const page = await open('nia', { path: '/access/rounds' });
    await page.locator('.offer .will').getByText('The quarterly questions who may open cases start').waitFor();
    await page.getByRole('button', { name: 'Begin asking' }).click();
    await page.locator('.notice').getByText('The quarterly questions who may open cases start').waitFor();
    expect(await desk.query("select running from schedules where kind = 're-attestation'")).toEqual([
      { running: true },
    ]);
    const kim = await open('kim', { path: '/access/rounds' });
    await kim.getByText('You are engineer').waitFor();
  });
});

describe('as each role', () => {
  it('whoever works on cases and client care decide; others see, and are told who may', async () => {
    const id = await request();
    await desk.add('Cara Lind', 'cara@desk.example', ['client care']);
    for (const [who, may] of [
      ['nia', true],
      ['kim', true],
      [{ email: 'cara@desk.example' }, true],
      ['robin', false],
      ['vic', false],
    ] as const) {
      const page = await open(who, { path: `/access/${id}` });
      const name = JSON.stringify(who);
      expect(await page.locator('details.offer', { hasText: 'Grant' }).count(), name).toBe(may ? 1 : 0);
      const viewer = await desk.as(who);
      for (const act of ['decide-request', 'remind-deciders', 'correct-request', 'undo-decision'])
        if (!may) expect((await viewer.act(act, { request: id })).status, `${name} ${act}`).toBe(403);
      await page.context().close();
    }
    expect(await stateOf(id)).toBe('waiting');
  });
});

it('pages of letters, for those who decide at a customer, are where they were', async () => {
  const token = `1.${Buffer.alloc(16).toString('hex')}`;
  const answer = await desk.ask(`/access/${token}`, { headers: { accept: 'text/html' } });
  expect([answer.status, (await answer.text()).includes('sign-in')]).toEqual([404, false]);
  const ours = await desk.ask('/access/1');
  expect([ours.status, ours.headers.get('location')]).toEqual([303, '/sign-in?to=%2Faccess%2F1']);
});

it('every width, with whatever was typed', async () => {
  const long = 'w'.repeat(300);
  const id = await request({ justification: long, name: `${'n'.repeat(100)}<script>alert(1)</script>` });
  for (const width of [360, 700, 1280]) {
    const page = await open('kim', { width });
    for (const path of ['/access', `/access/${id}`, '/access/rounds', '/access/rounds/1000345']) {
      await page.goto(`${desk.address}${path}`);
      const over = await page.evaluate(
        'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)',
      );
      expect([width, path, over]).toEqual([width, path, 0]);
    }
    await page.context().close();
  }
});
