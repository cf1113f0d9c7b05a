/** Webhooks by keyboard and mouse in a browser, and for whom they are; an event of a real mail arrives. */
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mail } from '../../support/app.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { type Receiver, startReceiver, status } from '../../support/servers/webhook-receiver.ts';

let postern: TestConsole;
let receiver: Receiver;
beforeAll(async () => {
  postern = await startConsole({ WEBHOOK_PRIVATE: '127.0.0.1', API_TOKEN: 'a-token-for-this-test-alone' });
});
afterAll(() => postern.stop());
beforeEach(async () => {
  await postern.anew();
  await receiver?.stop();
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

async function added(topics: readonly string[]): Promise<string> {
  const nia = await postern.as('nia');
  await nia.act('add-webhook', { url: receiver.url, topics });
  const [row] = await postern.query<{ id: string }>('select id::text from webhook_endpoints order by id desc limit 1');
  return row?.id ?? '';
}
// biome-ignore lint/suspicious/noExplicitAny: whatever is answered
const answered = async (answer: Promise<Response>): Promise<any> => (await answer).json();
const api = (path: string, init: RequestInit = {}) =>
  fetch(`${postern.address}/api/v1${path}`, {
    ...init,
    headers: { authorization: 'Bearer a-token-for-this-test-alone', 'content-type': 'application/json' },
  });

describe('the page of webhooks', () => {
  it('adds one, sends it a test, shows its secret once, and says what it was sent', async () => {
    const page = await postern.open('nia', { path: '/webhooks' });
    await page.getByText('No other program hears anything yet.').waitFor();
    await page.keyboard.press('a');
    await page.locator('input[name="url"]').fill(receiver.url);
    await page.getByText('Everything that happens').click();
    const { host } = new URL(receiver.url);
    await page.locator('.will').getByText(`${host} is sent everything that happens, from now on and signed.`).waitFor();
    await page.locator('details.offer .btn:not(summary)').click();
    await page.locator('[data-row]').getByText(host).click();
    await page.waitForURL('**/webhooks/*');
    await page.keyboard.press('t');
    await page.locator('.notice').getByText('A test event goes to').waitFor();
    await postern.until('the test arrives', async () => receiver.heard.length > 0);
    await page.keyboard.press('p');
    const secret = await page.locator('code.secret').innerText();
    const [heard] = receiver.heard;
    expect(heard && new Webhook(secret).verify(heard.raw, heard.headers)).toMatchObject({ type: 'webhook.test' });
    await page.keyboard.press('u');
    await page.waitForURL(/\/webhooks\/\d+$/);
    expect(await page.content()).not.toContain(secret);
    await page.locator('[data-row]').getByText('webhook.test').click();
    await page.getByRole('heading', { name: 'Tries' }).waitFor();
    expect(await page.locator('.tries li').innerText()).toMatch(/^200/);
    await page.context().close();
  });
  it('says what is wrong with an address beside the button, and adds nothing', async () => {
    const nia = await postern.as('nia');
    for (const [url, says] of [
      ['ftp://hooks.example/', 'has to begin with https://'],
      ['https://me:secret@hooks.example/', 'must hold no name and no password'],
      ['not an address', 'is no address such as'],
    ])
      expect(await (await nia.act('add-webhook', { url, topics: ['*'] })).text()).toContain(says);
    expect(await (await nia.act('add-webhook', { url: receiver.url, topics: ['case.opend'] })).text()).toMatch(
      /is no topic[^<]*case\.opened/,
    );
    expect(await postern.query('select from webhook_endpoints')).toHaveLength(0);
  });
  it('is for those who manage them: nobody else sees an address, a secret or a button', async () => {
    const id = await added(['*']);
    const kim = await postern.as('kim');
    expect(await kim.page('/keys')).not.toContain('/webhooks');
    for (const path of ['/webhooks', `/webhooks/${id}`, `/webhooks/${id}/deliveries/1`])
      expect((await kim.get(path)).status).toBe(403);
    expect((await kim.post(`/webhooks/${id}/secret`, {})).status).toBe(403);
    expect((await kim.act('remove-webhook', { webhook: id })).status).toBe(403);
    const nia = await postern.as('nia');
    expect((await nia.post(`/webhooks/${id}/secret`, { csrf: 'no' })).status).toBe(403);
    expect(await postern.query("select from audit where action = 'webhook-secret-shown'")).toHaveLength(0);
  });
  it('says on top that one was switched off and why, and switches it on again with a way back', async () => {
    const id = await added(['case.opened']);
    receiver.answer = () => status(410);
    const nia = await postern.as('nia');
    await nia.act('test-webhook', { webhook: id });
    await postern.until(
      'it is off',
      async () => (await postern.query("select from webhook_endpoints where state = 'off'")).length > 0,
    );
    const page = await nia.page(`/webhooks/${id}`);
    expect(page).toContain('it answered 410');
    expect(await nia.after(await nia.act('switch-webhook-on', { webhook: id }))).toMatch(
      /sends to [^<]* again[\s\S]*Undo/,
    );
  });
});

describe('a mail', () => {
  it('is told of as it is decided: case opened, with ids and no word of it', async () => {
    const id = await added(['case.opened', 'mail.held']);
    await postern.handIn(mail({ subject: 'PIN 345 The secretword stops' }));
    await postern.handIn(
      mail({ subject: 'no PIN secretword', from: 'Nora <nora@elsewhere.example>' }),
      'nora@elsewhere.example',
    );
    await postern.until('both are told of', async () => receiver.heard.length >= 2);
    const told = receiver.heard.toSorted((a, b) => (a.type < b.type ? -1 : 1));
    const [opened] = await postern.query<{ number: string; mail: string }>(
      'select number, opened_by_mail::text as mail from cases',
    );
    expect(told.map(({ type, data }) => ({ type, ...data }))).toEqual([
      { type: 'case.opened', change: 'case-opened', by: 'contact', case: opened?.number, mail: opened?.mail },
      expect.objectContaining({
        type: 'mail.held',
        change: 'mail-held',
        by: 'intake',
        outcome: expect.stringMatching(/^held-/),
      }),
    ]);
    expect(receiver.heard.map(({ raw }) => raw).join()).not.toMatch(/secretword|@|345/);
    // It is heard before it is written that it was.
    await expect
      .poll(async () => (await answered(api(`/webhooks/${id}/deliveries?state=delivered`))).items, { timeout: 10_000 })
      .toHaveLength(2);
  });
});

describe('the API', () => {
  it('adds, lists, tests and shows the secret; a preview adds nothing', async () => {
    const body = JSON.stringify({ url: receiver.url, topics: ['case.closed'] });
    const shown = await answered(api('/webhooks?preview=true', { method: 'POST', body }));
    expect([shown.preview, shown.changes[0].change]).toEqual([true, 'webhook-added']);
    expect((await answered(api('/webhooks'))).items).toEqual([]);
    const made = await answered(api('/webhooks', { method: 'POST', body }));
    expect(made.webhook).toMatchObject({ url: receiver.url, topics: ['case.closed'], on: true, waiting: 0 });
    expect(JSON.stringify(made)).not.toContain('whsec_');
    expect((await api(`/webhooks/${made.webhook.id}/test`, { method: 'POST', body: '{}' })).status).toBe(200);
    const { secrets } = await answered(api(`/webhooks/${made.webhook.id}/secret`, { method: 'POST', body: '{}' }));
    expect(secrets).toEqual([{ secret: expect.stringMatching(/^whsec_/), endsAt: null }]);
    expect((await api('/webhooks/999/deliveries')).status).toBe(404);
    await postern.until('the test arrives', async () => receiver.heard.length > 0);
  });
});
