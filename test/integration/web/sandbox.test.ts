import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { privilegedPinOf } from '../../../src/foundation/pin-form.ts';
import { openSandbox, type Sandbox } from '../../../src/smtp/sandbox.ts';
import { addLetter, openWeb, type TestWeb } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'postern-sandbox-'));
const secret = ['7BCDEFGH', '7BCDEFGJ', '7BCDEFGK'].map(privilegedPinOf).find((pin) => pin !== null) ?? '';
const hostile = '<img src=x onerror=alert(1)>"><script>alert(2)</script>';
let sandbox: Sandbox;
let web: TestWeb;

async function send(given: { subject: string; html?: string; text?: string; messageId?: string; from?: string }) {
  const transport = createTransport({ url: sandbox.url, ignoreTLS: true });
  const { from = 'support@desk.example', ...rest } = given;
  await transport.sendMail({
    from: 'support@desk.example',
    to: 'ada@aldous.example',
    envelope: { from, to: ['ada@aldous.example'] },
    ...rest,
  });
  transport.close();
}
const page = async (path: string) => {
  const answer = await web.web.fetch(new Request(`http://127.0.0.1${path}`));
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

beforeAll(async () => {
  sandbox = await openSandbox({ host: '127.0.0.1', port: 0, folder });
  web = await openWeb({ sandbox: { list: () => sandbox.letters.list(), get: (id) => sandbox.letters.get(id) } });
  expect((await page('/sandbox')).text).toContain('No letter yet');
  await addLetter(web, { template: 'case-opened', message_id: '<known@desk.example>' });
  await send({
    subject: 'Your case',
    text: `PIN ${secret}`,
    html: `<b>It's</b> ${secret}`,
    messageId: '<known@desk.example>',
  });
  await send({ subject: hostile, text: hostile, html: `<p title='"'>${hostile}</p>`, from: '' });
});
afterAll(async () => {
  await sandbox.close();
  await web.close();
  rmSync(folder, { recursive: true });
});

it('lists what was caught, newest first, with what it is', async () => {
  const { text, headers } = await page('/sandbox');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).toContain("form-action 'self'");
  expect(text.indexOf('onerror')).toBeLessThan(text.indexOf('Your case'));
  expect(text).toContain('<span class="tag">case-opened</span>');
  expect(text).toContain('2 letters');
});
it('shows a letter in a frame without any permission, and masks a privileged PIN everywhere', async () => {
  const { text } = await page('/sandbox/000001');
  expect(text).toMatch(/<iframe sandbox="" [^>]*srcdoc="/);
  expect(text).toContain('p*********');
  expect(text).not.toContain(secret);
  const raw = await page('/sandbox/000001/raw');
  expect(raw.headers.get('content-type')).toBe('message/rfc822');
  expect(raw.headers.get('content-disposition')).toContain('attachment');
  expect(raw.text).not.toContain(secret);
});
it('lets nothing of a letter become part of the page', async () => {
  for (const path of ['/sandbox', '/sandbox/000002']) {
    const { text } = await page(path);
    expect(text).not.toMatch(/<img|<script/i);
    expect(text).toContain('&lt;img');
  }
});
it('shows the null sender as such', async () => {
  expect((await page('/sandbox/000002')).text).toContain('the null sender');
});
it('answers 404 for a letter that is not there, and for a path that is none', async () => {
  for (const id of ['999999', '..%2f..%2fetc%2fpasswd', 'x']) expect((await page(`/sandbox/${id}`)).status).toBe(404);
});
it('still has its letters after another start, passes over what is broken, and goes on counting', async () => {
  writeFileSync(join(folder, '000009.json'), '{"id":');
  await sandbox.close();
  sandbox = await openSandbox({ host: '127.0.0.1', port: 0, folder });
  expect(sandbox.letters.list().map((one) => one.id)).toEqual(['000002', '000001']);
  await send({ subject: 'third', text: 'x' });
  expect(sandbox.letters.list()[0]).toMatchObject({ id: '000003', subject: 'third' });
  expect((await sandbox.letters.get('000001'))?.html).toContain('<b>');
  expect((await sandbox.letters.get('000003'))?.html).toBeNull();
});
it('shows its letters under no name but its own: another one may lead here from a page elsewhere', async () => {
  const under = async (host: string) => (await web.web.fetch(new Request(`http://${host}/sandbox`))).status;
  for (const host of ['127.0.0.1:8080', '[::1]:8080', 'localhost', '192.168.1.4']) expect(await under(host)).toBe(200);
  for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example'])
    expect(await under(host)).toBe(421);
});

it('is not there outside the demo', async () => {
  const plain = await openWeb();
  expect((await plain.ask('/sandbox')).status).toBe(404);
  await plain.close();
});
