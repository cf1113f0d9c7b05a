/** One case by keyboard alone, in two browsers at once, without scripts, and with one thumb on a phone. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { customerWrites, openedCase, withManyMessages } from '../../support/one-case.ts';

let desk: TestConsole;
beforeAll(async () => {
  desk = await startConsole();
}, 60_000);
afterAll(() => desk?.stop());
beforeEach(async () => {
  await desk.anew();
  await desk.add('Lea Brandt', 'lea@desk.example', ['engineer']);
});

const lea = { email: 'lea@desk.example' };
const notice = (page: Page) => page.locator('.notice').innerText({ timeout: 10_000 });
const outgoing = (number: string) =>
  desk.query<{ author: string; text: string }>(
    `select m.author, m.text
     from case_messages m
     join cases c on c.id = m.case_id
     where c.number = $1 and m.direction = 'out' and not m.automatic
     order by m.id`,
    [number],
  );
const caseOf = async (number: string) =>
  (
    await desk.query<{ owner: string | null; status: string; severity: number; kind: string; escalation: unknown }>(
      'select owner, status, severity, kind, escalation from cases where number = $1',
      [number],
    )
  )[0];
const textarea = (page: Page) => page.locator('#answer textarea[name="text"]');
/** What the button that is open says it will do, before it is pressed. */
const will = (page: Page, says: string) => page.locator('details.offer[open] .will').getByText(says).first().waitFor();
/** Typed, and kept by the server. */
async function types(page: Page, text: string) {
  await page.keyboard.press('a');
  await page.keyboard.type(text);
  await page.locator('[data-kept]').getByText('Draft kept').waitFor();
  await page.locator('[data-will]').getByText('A message to the customer').waitFor();
}

describe('by keyboard alone', () => {
  it('a case is taken, answered, noted on, made to wait, linked and escalated', async () => {
    const other = await openedCase(desk, 'The door is shut', { from: 'max@aldous.example' });
    const number = await openedCase(desk);
    const page = await desk.open('kim', { path: `/cases/${number}` });
    await page.keyboard.press('t');
    expect(await notice(page)).toContain("is kim@desk.example's");
    expect((await caseOf(number))?.owner).toBe('kim@desk.example');

    await types(page, 'Please turn the handle.');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(`**/cases/${number}`);
    expect(await notice(page)).toContain('Wrote to ada@aldous.example');
    expect(await outgoing(number)).toEqual([{ author: 'kim@desk.example', text: 'Please turn the handle.' }]);
    await page.locator('.clock-list').getByText('The first answer is given').waitFor();

    await page.keyboard.press('n');
    await page.keyboard.type('Handle of 2019.');
    await will(page, 'A note, for us alone,');
    await page.keyboard.press('Control+Enter');
    await page.locator('.notice').getByText('A note, for us alone,').waitFor();
    await page.locator('.msg.note').getByText('Handle of 2019.').waitFor();

    await page.keyboard.press('w');
    await page.keyboard.type('3');
    await will(page, 'until');
    await page.keyboard.press('Control+Enter');
    await page.locator('.notice').getByText('waits for the customer').waitFor();

    await page.keyboard.press('l');
    await page.keyboard.type(other);
    await will(page, 'are linked');
    await page.keyboard.press('Control+Enter');
    await page.locator('.notice').getByText('are linked').waitFor();

    await page.keyboard.press('e');
    await page.locator('details.offer[open] button').first().click();
    await page.locator('.notice').getByText('is escalated').waitFor();
    expect((await caseOf(number))?.escalation).not.toBeNull();
  });
  it('the keys j and k go through the messages, y says why, and . goes to what can be done', async () => {
    const number = await openedCase(desk);
    const page = await desk.open('kim', { path: `/cases/${number}` });
    await page.keyboard.press('j');
    expect(await page.evaluate('document.activeElement.matches("[data-main]")')).toBe(true);
    await page.keyboard.press('y');
    await page.getByText('with every rule in order').waitFor();
    await page.keyboard.press('.');
    expect(await page.evaluate('document.activeElement.matches("[data-offers]")')).toBe(true);
  });
  it('is solved, closed and reopened with a reason', async () => {
    const number = await openedCase(desk);
    const page = await desk.open('kim', { path: `/cases/${number}` });
    await page.keyboard.press('s');
    await page.keyboard.type('Turn the handle to the left.');
    // The sentence before anything was typed knows of no message.
    await will(page, 'A message to the customer');
    await page.keyboard.press('Control+Enter');
    await page.locator('.notice').getByText('A solution is proposed').waitFor();
    await page.keyboard.press('c');
    await page.keyboard.type('It is solved.');
    await will(page, 'is closed');
    await page.keyboard.press('Control+Enter');
    await page.locator('.notice').getByText('is closed').waitFor();
    expect((await caseOf(number))?.status).toBe('closed');
    await page.keyboard.press('r');
    await page.keyboard.type('It shut again.');
    await will(page, 'is reopened');
    await page.keyboard.press('Control+Enter');
    await page.locator('.notice').getByText('is reopened').waitFor();
    expect((await caseOf(number))?.status).toBe('open');
  });
});

it('a case is opened for a caller from the list, and their letter leaves', async () => {
  const page = await desk.open('kim', { path: '/cases' });
  await page.keyboard.press('?');
  await page.locator('#keys').getByText('Open a case for a caller').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.waitForURL('**/cases/new');
  // The field has the focus, and then that of the PIN.
  await page.keyboard.type('1000345');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/cases/new?site=1000345');
  await page.keyboard.type('345');
  await page.locator('input[name="title"]').fill('The vault is shut');
  await will(page, 'is opened at severity 3');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/cases\/\d+$/);
  const number = page.url().split('/').at(-1);
  expect(await notice(page)).toContain(`Case ${number} (The vault is shut) is opened`);
  expect(
    await desk.query(
      `select l.to_address
       from letters l
       join cases c on c.id = l.case_id
       where c.number = $1 and l.template = 'acknowledgement'`,
      [number],
    ),
  ).toEqual([{ to_address: 'ada@aldous.example' }]);
});

describe('the composer', () => {
  const box = async (page: Page, selector: string) => {
    const found = await page.locator(selector).boundingBox();
    if (!found) throw new Error(`${selector} is not shown`);
    return found;
  };
  const send = '#answer button[value="send"]';
  const isFocused = (page: Page) => page.evaluate('document.activeElement.matches("#answer textarea")');

  it('comes into sight as a whole, keeps its buttons in place, and is not shut by the key that leads to it', async () => {
    const number = await openedCase(desk);
    await withManyMessages(desk, number, 12);
    const page = await desk.open('kim', { path: `/cases/${number}`, height: 800 });
    await page.keyboard.press('a');
    expect(await isFocused(page)).toBe(true);
    const before = await box(page, send);
    expect(before.y + before.height).toBeLessThanOrEqual(800);
    await page.keyboard.type('Please turn the handle.');
    await page.locator('[data-will]').getByText('A message to the customer').waitFor();
    expect((await box(page, send)).y).toBe(before.y);
    expect(await page.locator('#answer .signed').innerText()).toContain('Kim Oster, Support');
    await page.locator('[data-kept]').getByText('Draft kept').waitFor();

    await page.goto(`${desk.address}/cases/${number}`);
    await page.keyboard.press('a');
    expect(await isFocused(page)).toBe(true);
    expect(await textarea(page).inputValue()).toBe('Please turn the handle.');
    await page.keyboard.press('Escape');
    expect(await page.locator('#answer[open]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('#answer[open]').count()).toBe(0);
  });
  it('takes in a kept answer that is chosen, and leads to where the first one is kept', async () => {
    const number = await openedCase(desk);
    const page = await desk.open('kim', { path: `/cases/${number}` });
    await page.keyboard.press('a');
    await page.locator('#answer').getByText('None is kept yet').waitFor();
    await page.locator('#answer').getByRole('link', { name: 'keep one' }).click();
    await page.locator('input[name="name"]').fill('Handle');
    await page.locator('textarea[name="text"]').fill('Turn it, {{ contact }}.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.notice').getByText('is saved').waitFor();
    await page.keyboard.press('u');
    await page.waitForURL(`**/cases/${number}#answer`);
    await page.locator('#answer select[name="canned"]').selectOption({ label: 'Handle' });
    await page.locator('[data-will]').getByText('A message to the customer').waitFor();
    expect(await textarea(page).inputValue()).toBe('Turn it, Ada Byron.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.notice').getByText('Wrote to ada@aldous.example').waitFor();
    expect((await outgoing(number)).map(({ text }) => text)).toEqual(['Turn it, Ada Byron.']);
  });
});

it('another severity is proposed, and the head of the case says that it waits for the customer', async () => {
  const number = await openedCase(desk);
  const page = await desk.open('kim', { path: `/cases/${number}` });
  await page.keyboard.press('v');
  await page.getByText('A change of severity needs both sides').waitFor();
  await page.locator('details.offer[open] select').selectOption('2');
  await will(page, 'propose severity 2');
  expect(await page.locator('details.offer[open] .will').innerText()).not.toMatch(/\d{4}-\d\d-\d\dT/);
  await page.keyboard.press('Control+Enter');
  await page.locator('.facts .pill').getByText('severity 2 proposed, waits for the customer').waitFor();
  expect((await caseOf(number))?.severity).toBe(3);
});

it('whoever waits goes on again, and whoever has taken a case gives it back', async () => {
  const number = await openedCase(desk);
  const page = await desk.open('kim', { path: `/cases/${number}` });
  await page.keyboard.press('t');
  await page.locator('.notice').getByText("is kim@desk.example's").waitFor();
  await page.keyboard.press('w');
  await page.locator('details.offer[open] button').first().click();
  await page.locator('.facts .pill').getByText('waits for the customer').waitFor();
  await page.getByRole('button', { name: 'Wait no more' }).click();
  await page.locator('.notice').getByText('waits no more: our people go on with it').waitFor();
  await page.keyboard.press('b');
  await page.locator('.notice').getByText('waits for somebody again').waitFor();
  expect((await caseOf(number))?.owner).toBeNull();
});

describe('what is typed', () => {
  it('survives a reload, a crash of the browser, and signing out', async () => {
    const number = await openedCase(desk);
    const page = await desk.open('kim', { path: `/cases/${number}` });
    await types(page, 'Please turn the');
    await page.reload();
    expect(await textarea(page).inputValue()).toBe('Please turn the');
    await textarea(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' handle');
    await desk.until('it is kept', async () => {
      const [draft] = await desk.query<{ text: string }>('select text from drafts');
      return draft?.text === 'Please turn the handle';
    });
    await page.context().close();
    await desk.query('delete from staff_sessions');
    const again = await desk.open('kim', { path: `/cases/${number}` });
    expect(await textarea(again).inputValue()).toBe('Please turn the handle');
  });
  it('stays on the page where the session has ended meanwhile, and says so', async () => {
    const number = await openedCase(desk);
    const page = await desk.open('kim', { path: `/cases/${number}` });
    await types(page, 'Please turn');
    await desk.query('delete from staff_sessions');
    await page.keyboard.type(' the handle.');
    await page.locator('#answer [data-told]').getByText('You are signed out.').waitFor();
    expect(await textarea(page).inputValue()).toBe('Please turn the handle.');
  });
});

describe('two browsers on one case', () => {
  it('see each other typing, and whoever takes it meanwhile is asked', async () => {
    const number = await openedCase(desk);
    const [kim, other] = [
      await desk.open('kim', { path: `/cases/${number}` }),
      await desk.open(lea, { path: `/cases/${number}` }),
    ];
    await other.keyboard.press('a');
    await other.keyboard.type('Is it plugged in?');
    await other.locator('[data-kept]').getByText('Draft kept').waitFor();
    await kim.locator('[data-present]').getByText('Lea Brandt is answering it.').waitFor({ timeout: 15_000 });
    await other.locator('[data-present]').getByText('Kim Oster looks at it, too.').waitFor({ timeout: 15_000 });
    await kim.locator('h1').click();
    await kim.keyboard.press('t');
    await kim.locator('.told .said').getByText('Something has changed meanwhile').waitFor();
    await kim.getByText('while Lea Brandt is answering it').first().waitFor();
    expect((await caseOf(number))?.owner).toBeNull();
    await kim.keyboard.press('t');
    await notice(kim);
    expect((await caseOf(number))?.owner).toBe('kim@desk.example');
  });
  it('send one answer: the second is told who was faster, and has everything typed', async () => {
    const number = await openedCase(desk);
    const [kim, other] = [
      await desk.open('kim', { path: `/cases/${number}` }),
      await desk.open(lea, { path: `/cases/${number}` }),
    ];
    await types(other, 'Is it plugged in?');
    await types(kim, 'Turn the handle.');
    await kim.keyboard.press('Control+Enter');
    await notice(kim);
    await other.locator('[data-case-news]').waitFor({ timeout: 15_000 });
    await other.locator('#answer button[value="send"]').click();
    await other.getByText('Kim Oster was faster and has answered the customer.').waitFor();
    expect(await outgoing(number)).toHaveLength(1);
    await other.getByText('Turn the handle.').first().waitFor();
    await other.getByText('Is it plugged in?').first().waitFor();
    await other.keyboard.press('s');
    await notice(other);
    expect((await outgoing(number)).map(({ author }) => author)).toEqual(['kim@desk.example', 'lea@desk.example']);
  });
  it('are shown what the customer wrote meanwhile before anything is sent', async () => {
    const number = await openedCase(desk);
    const page = await desk.open('kim', { path: `/cases/${number}` });
    await types(page, 'Turn the handle.');
    await customerWrites(desk, number, 'The handle broke.');
    await page.locator('#answer button[value="send"]').click();
    await page.getByText('A message has come in since you began.').waitFor();
    await page.getByText('The handle broke.').waitFor();
    expect(await outgoing(number)).toEqual([]);
    await page.getByText('Go on writing').click();
    expect(await textarea(page).inputValue()).toBe('Turn the handle.');
  });
  it('merge one into another while the other is being answered: nothing of it is lost', async () => {
    const [one, two] = [
      await openedCase(desk),
      await openedCase(desk, 'The door is shut', { from: 'max@aldous.example' }),
    ];
    const [kim, other] = [
      await desk.open('kim', { path: `/cases/${two}` }),
      await desk.open(lea, { path: `/cases/${two}` }),
    ];
    await types(other, 'Which door is it?');
    await kim.keyboard.press('m');
    await kim.waitForURL(`**/cases/${two}/merge`);
    await kim.locator('[data-row]').getByText(one).click();
    await kim.waitForURL(`**/merge?into=${one}`);
    expect(await kim.locator('svg.clock-line').count()).toBe(2);
    await kim.keyboard.press('m');
    await kim.waitForURL(`**/cases/${one}`);
    expect(await notice(kim)).toContain(`Case ${two} is merged into case ${one}`);
    await other.locator('#answer button[value="send"]').click();
    await other.getByText(`was merged into case ${one}`).first().waitFor();
    expect(await outgoing(two)).toEqual([]);
    expect(await desk.query('select from drafts')).toHaveLength(1);
  });
});

it('everything of an answer works without scripts', async () => {
  const number = await openedCase(desk);
  const page = await desk.open('kim', { path: `/cases/${number}`, scripts: false });
  await page.locator('#answer > summary').click();
  await textarea(page).fill('Turn the handle.');
  await page.setInputFiles('#answer input[type="file"]', {
    name: 'handle.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('to the left'),
  });
  await page.getByRole('button', { name: 'Keep draft' }).click();
  await page.locator('.notice').getByText('The draft is kept.').waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('This is what goes out. Press Send to send it.').waitFor();
  await page.getByRole('button', { name: /^Send/ }).click();
  expect(await notice(page)).toContain('with handle.txt');
  expect(await outgoing(number)).toHaveLength(1);
});

describe('every width', () => {
  it.each([360, 768, 1920])('shows a long case without scrolling sideways at %i px', async (width) => {
    const number = await openedCase(desk, 'w'.repeat(150), { body: `https://desk.example/${'long'.repeat(80)}` });
    await withManyMessages(desk, number, 40);
    const page = await desk.open('kim', { path: `/cases/${number}`, width });
    for (const path of [
      `/cases/${number}`,
      `/cases/${number}/merge`,
      `/cases/${number}/split`,
      '/cases/new',
      '/cases/answers',
    ]) {
      await page.goto(`${desk.address}${path}`);
      expect(
        await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
        path,
      ).toBe(true);
    }
  });
  it('with one thumb a case is answered on a phone', async () => {
    const number = await openedCase(desk);
    const page = await desk.open('kim', { path: `/cases/${number}`, width: 360, height: 740 });
    await page.locator('#answer > summary').tap();
    await textarea(page).fill('Turn the handle.');
    await page.locator('[data-will]').getByText('A message to the customer').waitFor();
    await page.locator('#answer button[value="send"]').tap();
    expect(await notice(page)).toContain('Wrote to');
  });
});
