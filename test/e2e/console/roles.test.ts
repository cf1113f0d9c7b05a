/**
 * Every action of the console's first pages as each role: whoever has the right finds its button, one of them presses it, and whoever has not finds
 * none, and is refused in words where they send the form all the same. Nobody who is signed out gets as far. What is seen of a page is asked for by
 * plain requests here; each role in a browser is long/console-roles.test.ts.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Action, consoleActions, everybody, type Given } from '../../support/console/actions.ts';
import { type Somebody, startConsole, type TestConsole } from '../../support/console.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
}, 60_000);
afterAll(() => postern.stop());

const { actions, goOn, query, some, zoe, windowOf, press } = consoleActions(() => postern);
beforeEach(async () => {
  await goOn();
  await postern.anew();
});
afterEach(goOn);

/** What can be pressed or unfolded on a page, in words; `within` is a selector that begins with an id. */
function buttonsIn(page: string, { within = 'main' }: Action): string[] {
  const [, id] = /^#([\w-]+)/.exec(within) ?? [];
  const begins = page.indexOf(id ? `id="${id}"` : '<main');
  if (begins < 0) throw new Error(`there is no ${within}`);
  const main = page.slice(begins, page.indexOf('</main>'));
  return [...main.matchAll(/<(button|summary)\b((?:[^>"]|"[^"]*")*)>(.*?)<\/\1>/gs)]
    .filter(([, , attributes = '']) => !/\sdisabled\b/.test(attributes))
    .map(([, , , inner = '']) =>
      inner
        .replace(/<[^>]+>/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    );
}

const refused = /You may not|You are [a-z ]+; this takes|for themselves only/;

async function isOpenTo(who: Somebody, { path }: Given, action: Action): Promise<void> {
  const words = buttonsIn(await (await postern.as(who)).page(path), action);
  expect(words.filter((one) => action.button.test(one)).length, `${who} finds: ${words.join(', ')}`).toBeGreaterThan(0);
}

async function isClosedTo(who: Somebody, { path, form: [to, fields], done }: Given, action: Action): Promise<void> {
  const viewer = await postern.as(who);
  const page = await viewer.page(path);
  expect(page.split('<h1').length).toBe(2);
  expect(
    buttonsIn(page, action).filter((one) => action.button.test(one)),
    `${who} finds a button`,
  ).toEqual([]);
  const answer = await viewer.post(to, fields);
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

describe.each(actions.map((action, place) => [`${action.page}: ${action.does}`, action, place] as const))(
  '%s',
  (_, action, place) => {
    const may = action.who;
    // Each in turn presses what they may.
    const hand = may[place % may.length] ?? 'nia';
    it(`is offered to ${may.join(', ')} and to nobody else, and ${hand} does it`, async () => {
      const given = await action.given();
      expect(await given.done(), 'it is not done before').toBe(false);
      await isClosedOutside(given);
      for (const who of everybody.filter((one) => !may.includes(one))) await isClosedTo(who, given, action);
      for (const who of may) await isOpenTo(who, given, action);
      await press(await windowOf(hand, given.path), action);
      await postern.until(`${hand} has done it`, given.done);
    });
  },
);

describe('what is for everybody', () => {
  it('is asked by each: what if', async () => {
    const id = await zoe();
    for (const who of everybody)
      expect(await (await postern.as(who)).page(`/mails/${id}/what-if`), who).toContain('Say what would follow');
    const page = await windowOf('vic', `/mails/${id}/what-if`);
    await page.locator('select[name="plan"]').selectOption('none');
    await page.getByRole('button', { name: 'Say what would follow' }).click();
    await page.getByText('What would follow', { exact: true }).first().waitFor();
  });
  it('is one’s own: signing out everywhere else, and a passkey', async () => {
    const { email } = await postern.as('robin');
    await query(
      `insert into staff_passkeys (id, staff, name, public_key, counter, transports) values ($1, $1, 'My laptop', 'x', 0, '{}')`,
      [email],
    );
    const page = await windowOf('robin', '/staff/sessions');
    await page.getByRole('button', { name: /^Remove/ }).click();
    await page.locator('.notice').getByText('My laptop').waitFor();
    await page.getByRole('button', { name: /^Sign out everywhere else/ }).click();
    await postern.until(
      'one session is left',
      async () =>
        (await query('select from staff_sessions where staff = $1 and ended_at is null', [email])).length === 1,
    );
    expect(await some('select from staff_passkeys where staff = $1', [email])).toBe(false);
  });
  it('is the audit for all but whoever is there for renewals alone', async () => {
    for (const who of everybody) {
      const answer = await (await postern.as(who)).get('/audit');
      expect(answer.status, who).toBe(who === 'robin' ? 403 : 200);
      if (who === 'robin') expect(await answer.text()).toContain('You may not see the audit.');
    }
  });
});
