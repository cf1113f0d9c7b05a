import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailAttachment } from '../../../src/flows/intake/mail-attachment.ts';
import { cutInThread } from '../../../src/runtime/parser/ask-mail.ts';
import { sealer } from '../../../src/vault/seal.ts';
import { addMail, openWeb, type TestWeb } from './support.ts';

let web: TestWeb;
let id = '';
const raw = [
  'From: ada@aldous.example',
  'Subject: two files',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=x',
  '',
  '--x',
  'Content-Type: text/plain',
  '',
  'see below',
  '--x',
  'Content-Type: text/html; name="a.html"',
  "Content-Disposition: attachment; filename*=UTF-8''Pr%C3%BCf%20%22bericht%22.html",
  '',
  '<script>alert(1)</script>',
  '--x',
  'Content-Type: application/pdf; name=b.pdf',
  'Content-Disposition: attachment; filename=b.pdf',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from([0, 1, 2, 255]).toString('base64'),
  '--x--',
  '',
].join('\r\n');

beforeAll(async () => {
  web = await openWeb({
    actions: {
      attachment: (mail, index) =>
        mailAttachment({ database: web.database, vault: sealer(['k'.repeat(32)]), cut: cutInThread }, mail, index),
    },
  });
  id = await addMail(web, { raw, state: 'decided', outcome: 'held-unknown', reason: 'x' });
});
afterAll(() => web.close());

const get = (path: string, accept?: string) => web.ask(path, accept ? { headers: { accept } } : {});

describe('an attachment of a mail', () => {
  it('is cut from the raw mail, for saving only', async () => {
    const pdf = await get(`/api/v1/mails/${id}/attachments/1`);
    expect(pdf.status).toBe(200);
    expect([...new Uint8Array(await pdf.arrayBuffer())]).toEqual([0, 1, 2, 255]);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const page = await get(`/api/v1/mails/${id}/attachments/0`);
    expect(page.headers.get('content-disposition')).toMatch(
      /^attachment; filename="Pr_f _bericht_\.html"; filename\*=UTF-8''Pr%C3%BCf/,
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('content-security-policy')).toContain('sandbox');
    expect(await page.text()).toContain('alert(1)');
  });
  it('is a problem where there is none, and wants the token', async () => {
    expect((await get(`/api/v1/mails/${id}/attachments/2`)).status).toBe(404);
    expect((await get('/api/v1/mails/999999/attachments/0')).status).toBe(404);
    expect((await get(`/api/v1/mails/${id}/attachments/x`)).status).toBe(400);
    expect((await fetch(`http://127.0.0.1:${web.site.port}/api/v1/mails/${id}/attachments/0`)).status).toBe(401);
  });
});

describe('an address where nothing is', () => {
  it('is a page for a browser and a problem for a program', async () => {
    const page = await get('/no/<b>such</b>', 'text/html,application/xhtml+xml');
    expect(page.status).toBe(404);
    expect(page.headers.get('content-type')).toContain('text/html');
    const text = await page.text();
    expect(text).toContain('No page has this address.');
    expect(text).not.toContain('<b>such');
    expect((await get('/nothing')).headers.get('content-type')).toContain('application/problem+json');
    expect((await get('/api/v1/nothing', 'text/html')).headers.get('content-type')).toContain(
      'application/problem+json',
    );
    expect(new URL((await get('/api', 'text/html')).url).pathname).toBe('/');
  });
});
