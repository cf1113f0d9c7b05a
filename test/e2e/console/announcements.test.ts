/** Announcements by keyboard, in Debian's Chromium: written, checked, started, paused, gone on with, cancelled; who got them; as each role. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pauseLetters } from '../../../src/flows/letters/pause-letters.ts';
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
const file = (name: string): string =>
  `---\nname: ${name}\nkind: announcements\nsubject: ${name} is out\n---\nIt is **out**.\n`;
const stateOf = async (name: string) =>
  (await desk.query<{ state: string }>('select state from announcements where name = $1', [name]))[0]?.state;
const idOf = async (name: string) =>
  (await desk.query<{ id: string }>('select id::text from announcements where name = $1', [name]))[0]?.id ?? '';

it('is written, read as its letter, kept, checked and started with few keys, and followed to its end', async () => {
  const page = await open('nia');
  await press(page, 'g', 'b');
  await page.waitForURL('**/announcements');
  await press(page, 'w');
  await page.waitForURL('**/announcements/new');
  // The subject has the focus, and the name is made from it.
  await page.keyboard.type('Vault 12 is out');
  await page.getByLabel('Text, in Markdown').fill('It is **out**: <https://vault.example/12>.');
  await page.getByLabel('Vault', { exact: true }).check();
  await page.getByRole('button', { name: 'Check and preview' }).click();
  await page.locator('pre.mail').getByText('It is out').waitFor();
  await page.locator('.offer .will').getByText('to 2 people at 1 site').waitFor();
  await press(page, 'k');
  await page.locator('.notice').getByText('is kept').waitFor();
  expect(await stateOf('vault-12-is-out')).toBe('ready');
  await page.getByText('Checked as everything stands').waitFor();
  await page.locator('dd').getByText('2 people at 1 site').waitFor();
  await press(page, 's');
  await page.locator('.told').getByText('2 people are written to, and what has left does not come back.').waitFor();
  expect(await stateOf('vault-12-is-out')).toBe('ready');
  await press(page, 's');
  await page.locator('.notice').getByText('vault-12-is-out starts').waitFor();
  await page.getByText('Sites are looked through').waitFor();
  await desk.until('it is finished', async () => {
    await desk.runClock();
    return (await stateOf('vault-12-is-out')) === 'finished';
  });
  // The page follows by itself.
  await page.getByText('Finished: 2 people were written to.').waitFor();
  await desk.until('its letters are out', async () => desk.sink.letters.length === 2);
  await page.getByRole('link', { name: 'Written to' }).click();
  await page
    .locator('.row .mono')
    .first()
    .getByText(/^2\d\d /)
    .waitFor();
});

it('what cannot be sent is told, and what was typed stays', async () => {
  const page = await open('nia', { path: '/announcements/new' });
  await page.locator('input[name="name"]').fill('vault 12');
  await page.getByLabel('Subject', { exact: true }).fill('Vault 12');
  await page.getByLabel('Text, in Markdown').fill('Hello <b>you</b>');
  await page.getByRole('button', { name: 'Check and preview' }).click();
  await page.getByRole('alert').getByText('name:').waitFor();
  await page.locator('input[name="name"]').fill('vault-12');
  await page.getByRole('button', { name: 'Check and preview' }).click();
  await page.getByRole('alert').getByText('HTML').waitFor();
  expect(await page.getByLabel('Text, in Markdown').inputValue()).toBe('Hello <b>you</b>');
});

it('the check says who is in doubt, and everybody whom it would go to is seen and saved before it starts', async () => {
  await desk.query('update contacts set doubtful_since = now() where id = 2');
  await act('write-announcement', { text: file('news-1') });
  const id = await idOf('news-1');
  const page = await open('nia', { path: `/announcements/${id}` });
  await page.getByText('1 person: one letter came back from there').waitFor();
  await page.getByRole('link', { name: 'Each of them' }).click();
  await page.waitForURL(`**/announcements/${id}/recipients`);
  expect(await page.locator('main .row').count()).toBe(2);
  await page.locator('.row', { hasText: 'max@aldous.example' }).getByText('one letter came back').waitFor();
  const csv = await (await desk.as('nia')).get(`/announcements/${id}/recipients.csv`);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(await csv.text()).toContain('max@aldous.example,Max Ernst,1000345,Aldous Robotics,,one letter came back');
});

it('pauses, goes on and is cancelled by one key each', async () => {
  // No letter leaves, and of more than 500 that wait no other is written: it does not end by itself meanwhile.
  await pauseLetters(desk.app, { reason: 'test', by: { kind: 'command', staff: null } });
  await desk.query(
    `with people as (
       insert into contacts (site_id, name, role, types, position)
       select 1, 'Person ' || i, 'authorized user', '{site technical}', 100 + i from generate_series(1, 600) i
       returning id)
     insert into contact_addresses (site_id, contact_id, address, main) select 1, id, 'p' || id || '@aldous.example', true from people`,
  );
  await act('write-announcement', { text: file('news-1') });
  await act('start-announcement', { id: 'news-1' });
  const id = await idOf('news-1');
  const page = await open('nia', { path: `/announcements/${id}` });
  await press(page, 'p');
  await page.locator('.notice').getByText('news-1 pauses').waitFor();
  expect(await stateOf('news-1')).toBe('paused');
  await press(page, 'z');
  await page.locator('.notice').getByText('news-1 goes on').waitFor();
  expect(await stateOf('news-1')).toBe('running');
  await press(page, 'p');
  await page.locator('.notice').getByText('news-1 pauses').waitFor();
  await press(page, 'r');
  await page.locator('.notice').getByText('news-1 goes on').waitFor();
  await press(page, 'x');
  await page.locator('.notice').getByText('news-1 ends here').waitFor();
  expect(await stateOf('news-1')).toBe('cancelled');
});

it('one that is not started is edited under its name', async () => {
  await act('write-announcement', { text: file('news-1') });
  const page = await open('nia', { path: `/announcements/${await idOf('news-1')}` });
  await press(page, 'e');
  await page.waitForURL('**/announcements/new?from=*');
  expect(await page.getByLabel('Subject', { exact: true }).inputValue()).toBe('news-1 is out');
  await page.getByLabel('Subject', { exact: true }).fill('News 1, again');
  await page.getByText('In German as well').click();
  await page.getByLabel('Subject in German').fill('Neues');
  await page.getByLabel('Text in German').fill('Es ist da.');
  await page.getByRole('button', { name: 'Check and preview' }).click();
  await page.locator('pre.mail').getByText('Es ist da.').waitFor();
  await press(page, 'k');
  await page.locator('.notice').waitFor();
  expect(await page.locator('h1').innerText()).toContain('News 1, again');
  await page.getByRole('link', { name: 'de', exact: true }).click();
  await page.locator('pre.mail').getByText('Es ist da.').waitFor();
  await page.getByRole('link', { name: 'HTML' }).click();
  await page.frameLocator('iframe.letter').getByText('Es ist da.').waitFor();
});

it('whoever is unreachable is listed, and taken back', async () => {
  await desk.query('update contacts set unreachable_since = now(), doubtful_since = now() where id = 2');
  await act('write-announcement', { text: file('news-1') });
  await act('start-announcement', { id: 'news-1' });
  await desk.until('it is finished', async () => {
    await desk.runClock();
    return (await stateOf('news-1')) === 'finished';
  });
  const page = await open('nia', { path: `/announcements/${await idOf('news-1')}/recipients?state=unreachable` });
  await press(page, 'j', 'Enter');
  await page.waitForURL('**/announcements/take-back?*');
  await press(page, 't');
  await page.locator('.notice').waitFor();
  expect(await desk.query('select from contacts where unreachable_since is not null')).toEqual([]);
  await page.goto(`${desk.address}/letters`);
  await page.getByRole('link', { name: 'Addresses without letters' }).click();
  await page.waitForURL('**/letters/addresses');
  await page.getByText('Letters come back from no address on record.').waitFor();
});

it('what goes by itself stands with its day', async () => {
  await desk.query(
    `insert into announcements (name, kind, state, content, due_at, by) values ('end-of-vault-11', 'end-of-support', 'ready',
      '{"name":"end-of-vault-11","kind":"end-of-support","products":["Vault"],"versions":["11"],"contactTypes":[],"resolves":[],
        "supportEnd":{"product":"Vault","version":"11","fullUntil":"2027-03-31"},
        "texts":[{"language":"en","subject":"Full support of Vault 11 ends on 2027-03-31","body":""}]}',
      now() + interval '30 days', 'scheduler')`,
  );
  const page = await open('vic', { path: '/announcements?state=by-itself' });
  await page.locator('.row').getByText('goes by itself').waitFor();
  await press(page, 'j', 'Enter');
  await page.getByText('Goes by itself').waitFor();
  await page.locator('pre.mail').getByText('Vault 11').first().waitFor();
});

describe('as each role', () => {
  it('managers, client care and admins send; others see, and are told who may', async () => {
    await act('write-announcement', { text: file('news-1') });
    const id = await idOf('news-1');
    await desk.add('Mona Ash', 'mona@desk.example', ['manager']);
    for (const [who, may] of [
      ['nia', true],
      [{ email: 'mona@desk.example' }, true],
      ['kim', false],
      ['robin', false],
      ['vic', false],
    ] as const) {
      const page = await open(who, { path: `/announcements/${id}` });
      expect(await page.getByRole('button', { name: /^Start it/ }).isEnabled(), JSON.stringify(who)).toBe(may);
      const viewer = await desk.as(who);
      const answer = await viewer.post('/announcements/new', { name: 'x' });
      expect(answer.status, JSON.stringify(who)).toBe(may ? 422 : 403);
      await page.context().close();
    }
  });
});

it('without scripts it is written, kept and started all the same, at every width', async () => {
  const page = await open('nia', { path: '/announcements/new', scripts: false, width: 360 });
  await page.locator('input[name="name"]').fill('news-2');
  await page.getByLabel('Subject', { exact: true }).fill('w'.repeat(190));
  await page.getByLabel('Text, in Markdown').fill(`https://desk.example/${'long'.repeat(60)}`);
  await page.getByRole('button', { name: 'Check and preview' }).click();
  await page.getByRole('button', { name: /Keep it/ }).click();
  await page.getByRole('button', { name: /Start it/ }).click();
  await page.getByText('1 person is written to').or(page.getByText('people are written to')).first().waitFor();
  expect(await stateOf('news-2')).toBe('ready');
  await page.getByRole('button', { name: /Start it/ }).click();
  await page.locator('.notice').getByText('news-2 starts').waitFor();
  for (const path of [
    '/announcements',
    `/announcements/${await idOf('news-2')}`,
    '/announcements/new',
    '/letters/addresses',
  ]) {
    await page.goto(`${desk.address}${path}`);
    const over = await page
      .evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
      .catch(() => null);
    expect([path, over]).not.toEqual([path, true]);
  }
});
