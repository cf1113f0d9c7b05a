/** Every action of held mail by keyboard alone, with one thumb on a phone, without scripts, and by two people at once. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { heldMail, outcomeOf } from '../../support/held-mails.ts';

let postern: TestConsole;
beforeAll(async () => {
  postern = await startConsole();
}, 60_000);
afterAll(() => postern.stop());
beforeEach(() => postern.anew());

const held = (from: string, subject: string, more = {}) => heldMail(postern, from, subject, more);
const zoe = (subject = 'Robot arm drifts') => held('zoe@aldous.example', `PIN 345 ${subject}`, { name: 'Zoe Hart' });
const becomes = (id: string, outcome: string) =>
  postern.until(`mail ${id} becomes ${outcome}`, async () => (await outcomeOf(postern, id)) === outcome);
const letters = (to: string) =>
  postern.query<{ template: string }>('select template from letters where to_address = $1 order by id', [to]);
const notice = (page: Page) => page.locator('.notice').innerText({ timeout: 10_000 });
const bottom = async (of: Locator): Promise<number> => {
  const box = await of.boundingBox();
  return box ? box.y + box.height : Number.POSITIVE_INFINITY;
};
/** Nothing may scroll sideways. */
const fits = async (page: Page) =>
  expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
    true,
  );

describe('by keyboard alone', () => {
  it('a held mail is let in with three keys from anywhere', async () => {
    const id = await zoe();
    const page = await postern.open('kim', { path: '/keys' });
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.waitForURL(/\/held$/);
    await page
      .getByText(/It opens a case of severity 3.* It cannot be undone\./)
      .first()
      .waitFor();
    await page.keyboard.press('r');
    expect(await notice(page)).toContain('zoe@aldous.example becomes a contact of site 1000345');
    await becomes(id, 'case-opened');
    const [opened] = await postern.query<{ number: string }>('select number from cases');
    const way = page.locator('.notice').getByRole('link', { name: `Case ${opened?.number}` });
    expect(await way.getAttribute('href')).toBe(`/cases/${opened?.number}`);
    await page.keyboard.press('z');
    await page.locator('main').getByText('What was just done cannot be undone.').waitFor();
  });

  it('an undo that is not there is said, and none is asked for', async () => {
    await zoe();
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('z');
    await page.locator('main').getByText('There is nothing to undo here.').waitFor();
  });

  it('once, without a record of its sender', async () => {
    const id = await zoe();
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('o');
    await notice(page);
    await becomes(id, 'case-opened');
    expect(await postern.query("select from contact_addresses where address = 'zoe@aldous.example'")).toEqual([]);
  });

  it('for a site that it does not name, whose number is typed', async () => {
    const id = await held('zoe@elsewhere.example', 'The arm drifts');
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('o');
    await page.keyboard.type('1000345');
    await page.getByText('opens a case of severity 3').first().waitFor();
    await page.keyboard.press('Enter');
    await notice(page);
    await becomes(id, 'case-opened');
  });

  it('with another name and role', async () => {
    const id = await zoe();
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('Shift+R');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowUp');
    await page.getByText('becomes a contact of site 1000345: technical contact').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await notice(page);
    await becomes(id, 'case-opened');
    const [row] = await postern.query<{ role: string }>("select role from contacts where name = 'Zoe Hart'");
    expect(row?.role).toBe('technical contact');
  });

  it('answered: the letter goes out and the mail stays held', async () => {
    const id = await zoe();
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('a');
    await page.keyboard.type('Which arm is it?');
    await page.getByText('Writes to zoe@aldous.example').first().waitFor();
    await page.keyboard.press('Control+Enter');
    expect(await notice(page)).toContain('zoe@aldous.example');
    expect((await letters('zoe@aldous.example')).map(({ template }) => template)).toContain('held-answer');
    expect(await outcomeOf(postern, id)).toBe('held-unregistered');
  });

  it('refused with a reason, and held again', async () => {
    const id = await zoe();
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('x');
    await page.keyboard.type('An advertisement');
    await page.keyboard.press('Enter');
    await notice(page);
    await becomes(id, 'refused');
    await page.keyboard.press('z');
    await becomes(id, 'held-unregistered');
  });

  it('refused mail is opened, and held again', async () => {
    const id = await zoe();
    await (await postern.as('nia')).act('refuse-mail', { mail: id });
    const page = await postern.open('kim', { path: '/held?reason=refused' });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.keyboard.press('h');
    await becomes(id, 'held-unregistered');
  });

  it('blocked, and its sender hears nothing from then on', async () => {
    await held('pest@elsewhere.example', 'Buy arms');
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('b');
    expect(await notice(page)).toContain('pest@elsewhere.example hears nothing from us');
    expect(await postern.query('select key from blocked_senders')).toEqual([{ key: 'pest@elsewhere.example' }]);
    await page.keyboard.press('b');
    await postern.until(
      'it is heard again',
      async () => (await postern.query('select from blocked_senders where lifted_at is null')).length === 0,
    );
  });

  it('many: chosen with space, refused together with one key, and their reason', async () => {
    const ids = [await held('a@elsewhere.example', 'Buy arms'), await held('b@elsewhere.example', 'Buy legs')];
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    await page.getByText('2 chosen:').waitFor();
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Refuse 2' }).waitFor();
    await page.keyboard.type('Advertisements');
    await page.keyboard.press('Enter');
    await page.getByText('All 2 are done.').waitFor();
    for (const id of ids) await becomes(id, 'refused');
    const reasons = await postern.query<{ reason: string }>("select reason from mails where outcome = 'refused'");
    for (const { reason } of reasons) expect(reason).toContain('Advertisements');
  });

  it('while some are chosen nothing is done to the one that is open, until none is', async () => {
    const [first, second] = [await zoe('Robot arm turns'), await zoe('Robot arm drifts')];
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('Space');
    await page.keyboard.press('r');
    await page.getByText('Some are chosen').first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    await page.getByLabel(/^To zoe/).waitFor();
    for (const id of [first, second]) expect(await outcomeOf(postern, id)).toBe('held-unregistered');
  });

  it('a key acts on the mail that is framed, which the pane shows', async () => {
    const [older, newer] = [await zoe('Robot arm turns'), await zoe('Robot arm drifts')];
    const page = await postern.open('kim', { path: '/held' });
    const shown = page.locator('#opened .subject');
    expect(await shown.innerText()).toContain('drifts');
    await page.keyboard.press('j');
    await shown.getByText('turns').waitFor();
    await page.waitForURL(new RegExp(`row=${older}`));
    await page.keyboard.press('x');
    await page.keyboard.type('An advertisement');
    await page.keyboard.press('Enter');
    await notice(page);
    await becomes(older, 'refused');
    expect(await outcomeOf(postern, newer)).toBe('held-unregistered');
    // What the stream says comes later than this.
    const counts = page.locator('[data-live="held.count"]');
    await expect.poll(() => counts.allInnerTexts(), { timeout: 600, interval: 50 }).toEqual(['1']);
    await page.keyboard.press('z');
    await expect.poll(() => counts.allInnerTexts(), { timeout: 10_000, interval: 50 }).toEqual(['2']);
  });

  it('what can be done with a mail of ten lines is seen without scrolling', async () => {
    const body = Array.from({ length: 10 }, (_, i) => `Line ${i + 1} of what was seen.`).join('\n');
    await held('zoe@aldous.example', 'PIN 345 Robot arm drifts', { name: 'Zoe Hart', body });
    const page = await postern.open('kim', { path: '/held', width: 1280, height: 800 });
    for (const says of [/^Register and release/, /^Release once/, /^Block the sender/])
      expect(await bottom(page.getByRole('button', { name: says }))).toBeLessThan(800);
    for (const says of ['Answer', 'Refuse'])
      expect(await bottom(page.locator('summary', { hasText: says }))).toBeLessThan(800);
    const sentences = await page.locator('.offers .offer:not(details) .will').all();
    const edges = await Promise.all(sentences.map(async (one) => (await one.boundingBox())?.x));
    expect(new Set(edges).size).toBe(1);
  });

  it('a key that comes before the pane does is not for the mail that was open: what opens waits, what would be done is only shown', async () => {
    const [older, newer] = [await zoe('Robot arm turns'), await zoe('Robot arm drifts')];
    const page = await postern.open('kim', { path: '/held' });
    const slow = Promise.withResolvers<void>();
    await page.route(`**/held?row=${older}`, async (route) => {
      await slow.promise;
      await route.continue();
    });
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    await page.keyboard.type('or');
    slow.resolve();
    await page.locator('#opened .subject').getByText('turns').waitFor();
    await page.locator('button:focus', { hasText: 'Register and release' }).waitFor();
    for (const id of [older, newer]) expect(await outcomeOf(postern, id)).toBe('held-unregistered');
    await page.unroute(`**/held?row=${older}`);
    await page.keyboard.press('k');
    await page.locator('#opened .subject').getByText('drifts').waitFor();
    const later = Promise.withResolvers<void>();
    await page.route(`**/held?row=${older}`, async (route) => {
      await later.promise;
      await route.continue();
    });
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    later.resolve();
    await page.locator('#opened .subject').getByText('turns').waitFor();
    await page.getByLabel(/^Why/).and(page.locator(':focus')).waitFor();
  });

  it('what was typed for one mail is not lost by going through the list', async () => {
    await zoe('Robot arm turns');
    await zoe('Robot arm drifts');
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('a');
    await page.keyboard.type('Which arm is it?');
    await page.keyboard.press('Escape');
    await page.locator('[data-row] [data-main]').first().focus();
    await page.keyboard.press('j');
    await page.getByText('What you typed is not sent').first().waitFor();
    expect(await page.locator('textarea[name="text"]').inputValue()).toBe('Which arm is it?');
  });

  it('through the list and back, with the reason one key away', async () => {
    await zoe('Robot arm turns');
    await zoe('Robot arm drifts');
    const page = await postern.open('kim', { path: '/held' });
    await page.keyboard.press('j');
    await page.locator('#opened .subject').getByText('turns').waitFor();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('opened');
    await page.keyboard.press('y');
    await page.getByText('Decided again now it would be held for the same reason.').waitFor();
  });

  it('those whose cause is mended are seen and let in', async () => {
    const id = await zoe();
    await (await postern.as('nia')).act('add-contact', {
      ...{ site: '1000345', address: 'zoe@aldous.example', name: 'Zoe Hart', role: 'authorized user' },
    });
    const page = await postern.open('kim', { path: '/held' });
    await page.getByText('One of these would be let in now.').waitFor();
    await page.keyboard.press('l');
    await page.waitForURL(/let-in/);
    await page.getByText(/Opens a case of severity 3/).waitFor();
    await page.keyboard.press('r');
    await page.getByText('All 1 are done.').waitFor();
    await becomes(id, 'case-opened');
  });
});

describe('with one thumb at 360 px', () => {
  const phone = { width: 360, height: 740 };
  it('a mail is opened, let in, and the list stands there again', async () => {
    const id = await zoe();
    const page = await postern.open('kim', { path: '/held', ...phone });
    await fits(page);
    expect(await page.locator('#opened').isVisible()).toBe(false);
    await page.getByRole('link', { name: /zoe@aldous/ }).tap();
    await page.waitForURL(/row=/);
    await fits(page);
    const button = page.getByRole('button', { name: /Register and release/ });
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await button.tap();
    expect(await notice(page)).toContain('zoe@aldous.example becomes a contact');
    await fits(page);
    await becomes(id, 'case-opened');
  });
  it('refused, and taken back', async () => {
    const id = await zoe();
    const page = await postern.open('kim', { path: `/held?row=${id}`, ...phone });
    await page.locator('summary', { hasText: 'Refuse' }).tap();
    await page.getByLabel(/^Why/).fill('An advertisement');
    await page.getByRole('button', { name: 'Refuse' }).last().tap();
    await notice(page);
    await becomes(id, 'refused');
    await page.getByRole('button', { name: /Undo/ }).tap();
    await becomes(id, 'held-unregistered');
  });
});

describe('two people at the same mail', () => {
  it('the second is told who was faster, and keeps what was typed', async () => {
    const id = await zoe();
    const [kim, nia] = [await postern.open('kim', { path: '/held' }), await postern.open('nia', { path: '/held' })];
    await nia.keyboard.press('a');
    await nia.keyboard.type('Which arm is it?');
    await kim.keyboard.press('r');
    await notice(kim);
    await becomes(id, 'case-opened');
    await nia.keyboard.press('Control+Enter');
    await nia.getByText('kim@desk.example was faster and has let it in.').first().waitFor();
    expect(await nia.locator('textarea[name="text"]').inputValue()).toBe('Which arm is it?');
    expect((await letters('zoe@aldous.example')).map(({ template }) => template)).not.toContain('held-answer');
  });
});

describe('without scripts', () => {
  it('a mail is opened and let in', async () => {
    const id = await zoe();
    const page = await postern.open('kim', { path: '/held', scripts: false });
    await page.getByRole('link', { name: /zoe@aldous/ }).click();
    await page.getByRole('button', { name: /Register and release/ }).click();
    expect(await notice(page)).toContain('zoe@aldous.example becomes a contact');
    await becomes(id, 'case-opened');
  });

  const page = (path: string) => postern.open('kim', { path, scripts: false });
  /** What is typed is shown with what follows, and confirmed on a page of its own. */
  async function typed(on: Page, says: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const offered = on.locator('details.offer', { has: on.locator('summary', { hasText: says }) });
    await offered.locator('summary').click();
    for (const [name, value] of Object.entries(fields)) await offered.locator(`[name="${name}"]`).first().fill(value);
    await offered.locator('form button').click();
    await on.getByText('This is what follows. Press again to do it.').waitFor();
    await on.locator('form.again button').click();
  }
  it('answered, and still held', async () => {
    const id = await zoe();
    const on = await page(`/held?row=${id}`);
    await typed(on, 'Answer', { text: 'Which arm is it?' });
    expect(await notice(on)).toContain('zoe@aldous.example');
    expect((await letters('zoe@aldous.example')).map(({ template }) => template)).toContain('held-answer');
    expect(await outcomeOf(postern, id)).toBe('held-unregistered');
  });
  it('refused with a reason, held again by the undo, refused once more and held again from the list', async () => {
    const id = await zoe();
    const on = await page(`/held?row=${id}`);
    await typed(on, 'Refuse', { reason: 'An advertisement' });
    await notice(on);
    await becomes(id, 'refused');
    await on.getByRole('button', { name: /Undo/ }).click();
    await becomes(id, 'held-unregistered');
    await on.goto(`${postern.address}/held?row=${id}`);
    await typed(on, 'Refuse', { reason: 'After all' });
    await becomes(id, 'refused');
    await on.goto(`${postern.address}/held?reason=refused&row=${id}`);
    await on
      .getByRole('button', { name: /Hold again/ })
      .first()
      .click();
    await becomes(id, 'held-unregistered');
  });
  it('let in once for a site that is typed, and as somebody else', async () => {
    const [unknown, known] = [await held('zoe@elsewhere.example', 'The arm drifts'), await zoe()];
    const on = await page(`/held?row=${unknown}`);
    await typed(on, 'Release for …', { site: '1000345' });
    await becomes(unknown, 'case-opened');
    await on.goto(`${postern.address}/held?row=${known}`);
    await typed(on, 'Register as …', { 'register.name': 'Zoe Ann Hart' });
    await becomes(known, 'case-opened');
    expect(await postern.query("select from contacts where name = 'Zoe Ann Hart'")).toHaveLength(1);
  });
  it('its sender blocked, and unblocked by the undo', async () => {
    const id = await held('pest@elsewhere.example', 'Buy arms');
    const blocked = () => postern.query('select from blocked_senders where lifted_at is null');
    const on = await page(`/held?row=${id}`);
    await on.getByRole('button', { name: /^Block the sender/ }).click();
    await notice(on);
    expect(await blocked()).toHaveLength(1);
    await on.getByRole('button', { name: /Undo/ }).click();
    await notice(on);
    expect(await blocked()).toHaveLength(0);
  });
  it('many: chosen by their boxes, shown, refused together, and held again', async () => {
    const ids = [await held('a@elsewhere.example', 'Buy arms'), await held('b@elsewhere.example', 'Buy legs')];
    const on = await page('/held');
    const many = async (from: string, first: RegExp, second: RegExp, outcome: string) => {
      await on.goto(`${postern.address}${from}`);
      for (const box of await on.locator('input[name="mail"][type="checkbox"]').all()) await box.check();
      await on.locator('#many').getByRole('button', { name: first }).click();
      await on.getByRole('button', { name: second }).click();
      for (const id of ids) await becomes(id, outcome);
    };
    await many('/held', /^Refuse/, /^Refuse 2/, 'refused');
    await many('/held?reason=refused', /^Hold again/, /^Hold again 2/, 'held-unknown');
  });
  it('those whose cause is mended are seen and let in', async () => {
    const id = await zoe();
    await (await postern.as('nia')).act('add-contact', {
      ...{ site: '1000345', address: 'zoe@aldous.example', name: 'Zoe Hart', role: 'authorized user' },
    });
    const on = await page('/held/let-in');
    await on.getByRole('button', { name: /^Let it in/ }).click();
    await becomes(id, 'case-opened');
  });
});
