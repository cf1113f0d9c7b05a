/** Every way into the console in a browser, by keyboard, and what stands on those pages. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../../../docs/make/screens/sheets.ts';
import { makeSignInLink } from '../../../src/flows/sign-in/links.ts';
import { type ConsoleDesk, startConsoleDesk } from '../../support/console-desk.ts';
import { scratch } from '../../support/process.ts';
import { clientSecret, startOpenIdProvider, type TestProvider } from '../../support/servers/openid-provider.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let desk: ConsoleDesk;
let provider: TestProvider;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  desk = await startConsoleDesk(async (url) => {
    provider = await startOpenIdProvider(`${url}/sign-in/provider/done`, {
      nia: { email: 'nia@desk.example', email_verified: true },
      eve: { email: 'eve@elsewhere.example', email_verified: true },
    });
    const file = join(scratch('console-config'), 'postern.yaml');
    writeFileSync(
      file,
      `oidc: { name: Desk login, issuer: "${provider.issuer}", clientId: postern, clientSecret: { env: OIDC_SECRET } }\n`,
    );
    return { POSTERN_CONFIG: file, OIDC_SECRET: clientSecret };
  });
});
afterAll(async () => {
  await browser?.close();
  await desk?.stop();
  await provider?.stop();
});

async function open(more: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  await context?.close();
  context = await browser.newContext({ baseURL: desk.url, ...more });
  // Nothing is asked of anybody outside this machine.
  await context.route(
    (url) => !['localhost', '127.0.0.1'].includes(url.hostname) && url.protocol.startsWith('http'),
    (route) => route.abort(),
  );
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
}
beforeEach(async () => {
  await desk.anew();
  faults.length = 0;
  await open();
});

const heading = () => page.locator('h1').textContent();
/** The page has one field with the focus: it is typed into, and sent by Enter. */
async function type(text: string): Promise<void> {
  await page.locator('input:focus').waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}
async function byCode(email = 'nia@desk.example', path = '/staff'): Promise<void> {
  const before = desk.sink.letters.length;
  await page.goto(path);
  await type(email);
  await page.waitForURL('**/sign-in/code**');
  await type(await desk.code(before + 1));
  await page.waitForURL(`**${path}`);
}

describe('a code', () => {
  it('is asked for and typed by keyboard alone, and leads to the page that was wanted', async () => {
    await byCode();
    expect(await heading()).toBe('Staff');
    expect(faults).toEqual([]);
  });
  it('does without scripts', async () => {
    await open({ javaScriptEnabled: false });
    const before = desk.sink.letters.length;
    await page.goto('/staff');
    expect(await page.locator('form[data-passkey]').isVisible()).toBe(false);
    await page.fill('input[name=email]', 'vic@desk.example');
    await page.press('input[name=email]', 'Enter');
    await page.fill('input[name=code]', await desk.code(before + 1));
    await page.press('input[name=code]', 'Enter');
    expect(await heading()).toBe('Staff');
    await page.click('form[action="/sign-out"] button');
    expect(await heading()).toBe('Sign in');
  });
  it('that is wrong is said beside the field, with what was typed', async () => {
    await page.goto('/');
    await type('nia@desk.example');
    await page.waitForURL('**/sign-in/code**');
    await type('7KQ2-M9XW');
    await page.locator('#fault').waitFor();
    expect(await page.locator('#fault').textContent()).toContain('4 tries are left');
    expect(await page.inputValue('input[name=code]')).toBe('7KQ2-M9XW');
    expect(await page.getAttribute('input[name=code]', 'aria-describedby')).toBe('fault');
  });
});

describe('a passkey', () => {
  let cdp: CDPSession;
  let authenticator: string;
  beforeEach(async () => {
    cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const made = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    authenticator = made.authenticatorId;
  });
  async function add(name = 'My laptop'): Promise<void> {
    await byCode('nia@desk.example', '/staff/sessions');
    await page.fill('form[data-passkey=add] input[name=name]', name);
    await page.press('form[data-passkey=add] input[name=name]', 'Enter');
    await page.getByText(`The passkey “${name}” signs you in from now on.`).waitFor();
  }
  const signOut = async (): Promise<void> => {
    await page.click('form[action="/sign-out"] button');
    await page.waitForURL('**/sign-in');
  };
  const byPasskey = () => page.getByRole('button', { name: 'Sign in with a passkey' });

  it('is added by who is signed in, signs in with nothing else, and counts on', async () => {
    await add();
    expect(await page.locator('[aria-label=Passkeys] li').textContent()).toContain('not used yet');
    for (let n = 0; n < 2; n += 1) {
      await signOut();
      await byPasskey().focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`${desk.url}/`);
    }
    await page.goto('/staff/sessions');
    expect(await page.locator('[aria-label=Passkeys] li').textContent()).toContain('used just now');
    expect(await page.locator('[aria-label=Sessions] li').first().textContent()).toContain('by a passkey');
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator });
    expect(credentials).toHaveLength(1);
    const [row] = await desk.query<{ counter: string }>('select counter from staff_passkeys');
    expect(Number(row?.counter)).toBe(credentials[0]?.signCount);
    expect(faults).toEqual([]);
  });
  it('is removed by its button, and signs nobody in then', async () => {
    await add();
    await page.getByRole('button', { name: 'Remove' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('signs nobody in any more').first().waitFor();
    await page.getByText('No passkey yet').waitFor();
    await signOut();
    await byPasskey().click();
    await page.getByText('This passkey is not known here').waitFor();
  });
  it('whose device does not verify who holds it signs nobody in', async () => {
    await add();
    await signOut();
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: authenticator, isUserVerified: false });
    await byPasskey().click();
    await page.locator('[data-passkey-says]:not(:empty)').waitFor();
    expect(await heading()).toBe('Sign in');
  });
  it('whose counter is behind was copied, and signs nobody in', async () => {
    await add();
    await signOut();
    await desk.query('update staff_passkeys set counter = 1000');
    await byPasskey().click();
    await page.getByText('This passkey is not known here').waitFor();
  });
});

describe('the login of the organisation', () => {
  async function through(login: string): Promise<void> {
    await page.goto('/staff');
    await page.getByRole('link', { name: 'Sign in with Desk login' }).click();
    await page.waitForURL(`${provider.issuer}/**`);
    await page.fill('input[name=login]', login);
    await page.fill('input[name=password]', 'any');
    await page.press('input[name=password]', 'Enter');
    await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' });
    await page.click('button[type=submit]');
    await page.waitForURL(`${desk.url}/**`);
  }
  it('leads there, and back to the page that was wanted', async () => {
    await through('nia');
    expect(new URL(page.url()).pathname).toBe('/staff');
    expect(await heading()).toBe('Staff');
  });
  it('says why where the address is none of ours', async () => {
    await through('eve');
    expect(await page.locator('main').textContent()).toContain(
      'The address that Desk login has of you is not on record here',
    );
  });
});

describe('a link of the command line', () => {
  it('has a button, which signs in', async () => {
    const by = { kind: 'command', staff: null } as const;
    const { url } = await makeSignInLink({ ...desk.app, publicUrl: desk.url }, 'vic@desk.example', by);
    await page.goto(url);
    await page.locator('button:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${desk.url}/`);
    await page.goto(url);
    expect(await heading()).toBe('This link is over');
  });
});

describe('the pages', () => {
  const sizes = [360, 640, 1024, 1600];
  async function look(path: string): Promise<void> {
    await page.goto(path);
    for (const width of sizes) {
      await page.setViewportSize({ width, height: 800 });
      const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(over, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // A policy that lets no script of a page in lets none of a test in: it comes by the debugger.
      await page.evaluate(axe);
      const found = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] };
      expect(found.violations.map(({ id, nodes }) => `${path} ${colorScheme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  }
  it('have no fault that axe finds, in both themes, and scroll sideways at no width', async () => {
    await look('/sign-in');
    await page.goto('/sign-in');
    await type('nia@desk.example');
    await page.waitForURL('**/sign-in/code**');
    await look('/sign-in/code');
    await look('/sign-in/link/none');
    await byCode();
    await desk.signedIn('vic@desk.example');
    for (const path of ['/staff', '/staff/vic@desk.example', '/staff/nobody@desk.example', '/staff/sessions'])
      await look(path);
    expect(faults).toEqual([]);
  });
});

describe('our people', () => {
  it('are added, signed out and taken off by keyboard alone', async () => {
    await byCode();
    await page.waitForLoadState('load');
    await page.keyboard.press('a');
    await page.locator('details.offer[open] input[name=name]:focus').waitFor();
    await page.keyboard.type('Lou Day');
    await page.keyboard.press('Tab');
    await page.keyboard.type('lou@desk.example');
    await page.locator('input[name=roles][value=viewer]').focus();
    await page.keyboard.press('Space');
    await page.getByText('Lou Day (lou@desk.example) is one of our people: viewer.').waitFor();
    await page.locator('details.offer[open] button.btn').focus();
    await page.keyboard.press('Enter');
    await page.locator('.notice', { hasText: 'Lou Day' }).waitFor();
    const lou = await desk.signedIn('lou@desk.example');
    await page.goto('/staff/lou@desk.example');
    await page.waitForLoadState('load');
    await page.keyboard.press('o');
    await page.locator('.notice', { hasText: 'signed out' }).waitFor();
    expect((await lou.ask('/keys')).status).toBe(303);
    await page.keyboard.press('x');
    await page.locator('.notice', { hasText: 'none of our people any more' }).waitFor();
    expect(await desk.query("select from staff where email = 'lou@desk.example'")).toEqual([]);
    expect(faults).toEqual([]);
  });
});
