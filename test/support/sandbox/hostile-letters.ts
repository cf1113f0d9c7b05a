/** Hostile HTML in letters that the sandbox shows: nothing of it runs, and nothing is fetched. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { openSandbox, type Sandbox } from '../../../src/smtp/sandbox.ts';
import { openSender } from '../../../src/smtp/send.ts';
import { openWeb, type TestWeb } from '../../integration/web/support.ts';
import { findProgram } from '../servers/debian.ts';

/** `URL` is the address of a server that notes every request; `JS` asks it too, so that a script that runs is seen. */
const payloads = [
  '<script>JS</script>',
  '<script src="URL"></script>',
  '<img src="URL">',
  '<img src=x onerror="JS">',
  '<svg onload="JS"></svg>',
  '<svg><image href="URL"/></svg>',
  '<svg><use href="URL#a"/></svg>',
  '<svg><script>JS</script></svg>',
  '<math><mtext><script>JS</script></mtext></math>',
  '<iframe src="URL"></iframe>',
  '<iframe srcdoc="<script>JS</script><img src=URL>"></iframe>',
  '<iframe src="javascript:JS"></iframe>',
  '<iframe src="data:text/html,<script>JS</script>"></iframe>',
  '<object data="URL"></object>',
  '<embed src="URL">',
  '<video src="URL" autoplay></video>',
  '<video poster="URL"></video>',
  '<audio src="URL" autoplay></audio>',
  '<video><source src="URL" onerror="JS"></video>',
  '<picture><source srcset="URL"><img></picture>',
  '<input type="image" src="URL">',
  '<input autofocus onfocus="JS">',
  '<body onload="JS">',
  '<body background="URL">',
  '<table background="URL"><tr><td>x</td></tr></table>',
  '<link rel="stylesheet" href="URL">',
  '<link rel="prefetch" href="URL">',
  '<link rel="preload" as="image" href="URL">',
  '<link rel="preconnect" href="URL">',
  '<link rel="modulepreload" href="URL">',
  '<link rel="icon" href="URL">',
  '<link rel="manifest" href="URL">',
  '<style>@import url("URL");</style>',
  '<style>body{background:url("URL")}</style>',
  '<style>@font-face{font-family:x;src:url("URL")}p{font-family:x}</style><p>x</p>',
  '<div style="background:url(URL)">x</div>',
  '<div style="list-style-image:url(URL);display:list-item">x</div>',
  '<div style="border-image:url(URL) 1">x</div>',
  '<div style="cursor:url(URL),auto">x</div>',
  '<meta http-equiv="refresh" content="0;url=URL">',
  '<meta http-equiv="Content-Security-Policy" content="default-src *"><img src="URL">',
  '<base href="URL/"><img src="a.png">',
  '<form action="URL" id="f"><input name="a"></form><script>f.submit()</script>',
  '<details open ontoggle="JS"><summary>x</summary></details>',
  '<marquee onstart="JS">x</marquee>',
  '<a href="javascript:JS" autofocus onfocus="JS" id="x">x</a>',
  '"><script>JS</script>',
  "'><img src=URL>",
  '"></iframe><script>JS</script><img src="URL">',
  '&quot;&gt;&lt;script&gt;JS&lt;/script&gt;',
];
const wraps: ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `<html><head>${payload}</head><body>${payload}</body></html>`,
  (payload) => payload.toUpperCase(),
  (payload) => `<noscript>${payload}</noscript><template>${payload}</template><p title='${payload}'>${payload}`,
];

/** `whole`: each in each wrapping; else each in one, in turn. */
export function hostileLetters({ whole }: { readonly whole: boolean }): void {
  const asked: string[] = [];
  let at = 'bait';
  let trap: Server;
  let sandbox: Sandbox;
  let web: TestWeb;
  let site: { port: number; close(): Promise<void> };
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'postern-hostile-'));

  beforeAll(async () => {
    trap = createServer((request, answer) => {
      asked.push(request.url ?? '');
      answer.end();
    });
    // A connection that is only opened tells of the reader too.
    trap.on('connection', () => asked.push(`connection at ${at}`));
    await new Promise<void>((done) => trap.listen(0, '127.0.0.1', done));
    sandbox = await openSandbox({ host: '127.0.0.1', port: 0, folder });
    web = await openWeb({ sandbox: sandbox.letters });
    site = await web.web.listen({ host: '127.0.0.1', port: 0 });
    const executablePath = findProgram('chromium');
    if (!executablePath) throw new Error('no chromium here');
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await web?.close();
    await sandbox?.close();
    trap?.close();
    rmSync(folder, { recursive: true });
  });

  const trapUrl = () => `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  const armed = (payload: string, i: number) =>
    payload.replace(/JS/gi, `fetch('${trapUrl()}/ran/${i}')`).replace(/URL/gi, `${trapUrl()}/fetched/${i}`);

  it(`runs no script and fetches nothing of ${whole ? 200 : 50} hostile letters`, async () => {
    const all = wraps.map((wrap) => payloads.map(wrap));
    const inTurn = payloads.map((payload, place) => (wraps[place % wraps.length] ?? String)(payload));
    const letters = (whole ? all.flat() : inTurn).map(armed);
    expect(letters).toHaveLength(whole ? 200 : 50);
    const sender = openSender({ url: `${sandbox.url}?ignoreTLS=true`, log: silentLog });
    for (const [i, html] of letters.entries()) {
      const subject = html.replace(/[\r\n]/g, ' ').slice(0, 600);
      const raw = `Subject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n`;
      const outcome = await sender.send({ envelopeFrom: '', to: `a${i}@b.example`, raw: Buffer.from(raw) });
      expect(outcome.kind).toBe('sent');
    }
    await sender.close();

    // The trap is one: a page without our care walks into it.
    const plain = await browser.newPage();
    await plain.setContent(`<img src="${trapUrl()}/fetched/bait"><script>fetch('${trapUrl()}/ran/bait')</script>`);
    await expect
      .poll(() => asked.toSorted())
      .toEqual(expect.arrayContaining(['/fetched/bait', '/ran/bait', 'connection at bait']));
    await plain.close();
    trap.closeAllConnections();
    asked.length = 0;

    const page = await browser.newPage();
    page.on('dialog', (dialog) => asked.push(`dialog ${dialog.message()}`));
    for (const path of whole ? ['', '?before=000101'] : [''])
      await page.goto(`http://127.0.0.1:${site.port}/sandbox${path}`);
    for (const { id } of sandbox.letters.list()) {
      at = id;
      await page.goto(`http://127.0.0.1:${site.port}/sandbox/${id}`);
      expect(await page.locator('iframe').count()).toBe(1);
    }
    await new Promise((done) => setTimeout(done, 1_000));
    expect(page.url()).toContain(`127.0.0.1:${site.port}/sandbox/`);
    expect(asked).toEqual([]);
  }, 120_000);

  it('does not follow a link of a letter', async () => {
    const sender = openSender({ url: `${sandbox.url}?ignoreTLS=true`, log: silentLog });
    const raw = `Subject: link\r\nContent-Type: text/html\r\n\r\n<a href="${trapUrl()}/followed" target="_top">x</a> <a id="b" href="${trapUrl()}/followed">y</a>\r\n`;
    await sender.send({ envelopeFrom: '', to: 'a@b.example', raw: Buffer.from(raw) });
    await sender.close();
    const page = await browser.newPage();
    const address = `http://127.0.0.1:${site.port}/sandbox/${sandbox.letters.list()[0]?.id}`;
    await page.goto(address);
    const frame = page.frameLocator('iframe');
    await frame.getByText('x', { exact: true }).click({ noWaitAfter: true });
    await frame.getByText('y', { exact: true }).click({ noWaitAfter: true });
    await new Promise((done) => setTimeout(done, 500));
    expect(page.url()).toBe(address);
    expect(asked).toEqual([]);
  });
}
