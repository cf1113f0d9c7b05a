/**
 * Every action of the console's first pages as each role, in a browser: whoever has the right does it by the page, and whoever has not finds no
 * button there, and is refused in words where they send the form all the same. Nobody who is signed out gets as far.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Action, consoleActions, everybody, type Given } from '../support/console/actions.ts';
import { type Somebody, startConsole, type TestConsole } from '../support/console.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
}, 60_000);
afterAll(() => postern.stop());

const { actions, goOn, query, some, zoe, windowOf, press, buttons } = consoleActions(() => postern);
beforeEach(async () => {
  await goOn();
  await postern.anew();
});
afterEach(goOn);

const refused = /You may not|You are [a-z ]+; this takes|for themselves only/;

async function isClosedTo(who: Somebody, { path, form: [to, fields], done }: Given, action: Action): Promise<void> {
  const page = await windowOf(who, path);
  expect(await page.locator('h1').count()).toBe(1);
  await page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true");
  expect(await buttons(page, action).count(), `${who} finds a button`).toBe(0);
  const answer = await (await postern.as(who)).post(to, fields);
  expect(answer.status, who).toBe(403);
  expect(await answer.text(), who).toMatch(refused);
  expect(await done(), who).toBe(false);
}

async function isClosedOutside({ path, form: [to], done }: Given): Promise<void> {
  const page = await postern.ask(path);
  expect([page.status, page.headers.get('location')?.startsWith('/sign-in')]).toEqual([303, true]);
  const sent = { method: 'POST', headers: { origin: postern.address }, body: new URLSearchParams({ csrf: 'x' }) };
  const answer = await postern.ask(to, sent);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in']);
  expect(await done(), 'nobody').toBe(false);
}

describe.each(actions.map((action) => [`${action.page}: ${action.does}`, action] as const))('%s', (_, action) => {
  const may = action.who;
  it(`is done by ${may.join(', ')}, and by nobody else`, async () => {
    const given = await action.given();
    expect(await given.done(), 'it is not done before').toBe(false);
    await isClosedOutside(given);
    for (const who of everybody.filter((one) => !may.includes(one))) await isClosedTo(who, given, action);
    let now = given;
    for (const [place, who] of may.entries()) {
      if (place > 0) {
        await goOn();
        await postern.anew();
        now = await action.given();
      }
      await press(await windowOf(who, now.path), action);
      await postern.until(`${who} has done it`, now.done);
    }
  });
});

describe('what is for everybody', () => {
  it('is asked by each: what if', async () => {
    const id = await zoe();
    for (const who of everybody) {
      const page = await windowOf(who, `/mails/${id}/what-if`);
      await page.locator('select[name="plan"]').selectOption('none');
      await page.getByRole('button', { name: 'Say what would follow' }).click();
      await page.getByText('What would follow', { exact: true }).first().waitFor();
    }
  });
  it('is one’s own: signing out everywhere else, and a passkey', async () => {
    for (const who of everybody) {
      const { email } = await postern.as(who);
      await query(
        `insert into staff_passkeys (id, staff, name, public_key, counter, transports) values ($1, $1, 'My laptop', 'x', 0, '{}')`,
        [email],
      );
      const page = await windowOf(who, '/staff/sessions');
      await page.getByRole('button', { name: /^Remove/ }).click();
      await page.locator('.notice').getByText('My laptop').waitFor();
      await page.getByRole('button', { name: /^Sign out everywhere else/ }).click();
      await postern.until(
        'one session is left',
        async () =>
          (await query('select from staff_sessions where staff = $1 and ended_at is null', [email])).length === 1,
      );
      expect(await some('select from staff_passkeys where staff = $1', [email])).toBe(false);
    }
  });
});
