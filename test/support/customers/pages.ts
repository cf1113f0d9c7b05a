/** Pages for customers in Chromium, behind the links of letters that have really gone out, with the console beside them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { simpleParser } from 'mailparser';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisionTokenFor, pageTokenFor, preferencesTokenFor } from '../../../src/mail/subject/thread-token.ts';
import { key, mail } from '../app.ts';
import { startConsole, type TestConsole } from '../console.ts';
import { findProgram } from '../servers/debian.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const languages = ['en', 'de', 'fr', 'es', 'ja'] as const;

const looks = [
  { theme: 'light', width: 360 },
  { theme: 'dark', width: 360 },
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1280 },
] as const;
type Look = (typeof looks)[number];

/** `whole`: each page in each language in each look; else in one of them, in turn. */
export function customerPages({ whole }: { readonly whole: boolean }): void {
  let postern: TestConsole;
  let browser: Browser;
  /** The paths of all pages, by what they are. */
  let paths: Record<string, string>;

  const linkIn = (text: string, under: string): string => {
    const [found] = new RegExp(`/${under}/[\\w.-]+`).exec(text) ?? [];
    if (!found) throw new Error(`no link to /${under} in: ${text}`);
    return found;
  };
  const letterOf = async (template: string) => {
    await postern.until(`a letter ${template}`, async () => {
      const rows = await postern.query(`select from letters where template = $1 and state = 'sent'`, [template]);
      return rows.length > 0;
    });
    const [row] = await postern.query<{ id: string; raw: Buffer; messageId: string }>(
      'select id::text, raw, message_id as "messageId" from letters where template = $1 order by id desc limit 1',
      [template],
    );
    if (!row) throw new Error(`no letter ${template}`);
    return row;
  };
  const verified = 'Authentication-Results: mx.desk.example; dmarc=pass header.from=aldous.example';

  beforeAll(async () => {
    postern = await startConsole();
    await postern.anew();
    await postern.handIn(mail({ subject: 'PIN 345 The gauge is stuck' }));
    const acknowledgement = await letterOf('acknowledgement');
    const read = await simpleParser(acknowledgement.raw);
    const state = linkIn(read.text ?? '', 'case');
    expect(read.html).toContain(state);
    await postern.handIn(
      mail({
        subject: 'Re: The gauge is stuck',
        body: 'CLOSE',
        headers: `In-Reply-To: ${acknowledgement.messageId}\n${verified}`,
      }),
    );
    const closed = await letterOf('case-closed');
    const [ada] = await postern.query<{ id: string }>(
      `select contact_id::text as id from contact_addresses where address = 'ada@aldous.example'`,
    );
    paths = {
      'how a case stands': state,
      'how it was': `/rate/${pageTokenFor(closed.id, key)}`,
      preferences: `/preferences/${preferencesTokenFor(ada?.id ?? '', 'releases', key)}`,
      'a case that nobody was told of': '/case/1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'a decision that nobody was asked for': `/access/${decisionTokenFor('77777', key)}`,
      'nothing at all': '/there/is/nothing',
    };
    const executablePath = findProgram('chromium');
    if (!executablePath) throw new Error('there is no Chromium');
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await postern.stop();
  });

  async function setLanguage(language: string): Promise<void> {
    await postern.query('update letters set language = $1', [language]);
    await postern.query('update sites set language = $1', [language]);
  }

  type Found = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };
  async function faults(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    const found = (await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)",
    )) as readonly Found[];
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join(' ')}`);
  }

  describe.each(languages)('in %s', (language) => {
    const turns: { readonly seen: string; readonly inTurn: readonly Look[] }[] = whole
      ? looks.map((one) => ({ seen: `${one.theme} at ${one.width} px`, inTurn: [one] }))
      : [{ seen: 'in turn', inTurn: looks }];
    it.each(turns)('every page is right, $seen', async ({ inTurn }) => {
      await setLanguage(language);
      const context = await browser.newContext({
        locale: language,
        extraHTTPHeaders: { 'accept-language': language },
      });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      const refused: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy|Refused/i.test(message.text())) refused.push(message.text());
      });
      for (const [place, [name, path]] of Object.entries(paths).entries()) {
        // Over all languages each page is seen in each look.
        const { theme, width } = inTurn[(place + languages.indexOf(language)) % inTurn.length] ?? looks[0];
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${postern.address}${path}`);
        expect(await page.locator('html').getAttribute('lang'), name).toBe(language);
        expect(await page.locator('h1').count(), name).toBe(1);
        expect(await page.locator('script, [onclick], a').count(), name).toBe(0);
        expect(
          await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
          `${name} at ${width}`,
        ).toBe(false);
        // The sheet is there: without it buttons would be as the browser has them.
        expect(await page.evaluate("getComputedStyle(document.querySelector('main')).display"), name).toBe('grid');
        expect(await faults(page), `${name} in ${language}`).toEqual([]);
      }
      expect(refused).toEqual([]);
      expect([...new Set(asked)].filter((path) => !Object.values(paths).includes(path))).toEqual([
        '/assets/customer-pages.css',
      ]);
      await context.close();
    });
  });

  describe('what a scanner does', () => {
    const counted = async () =>
      postern.query(
        `select
         (select count(*)::int from satisfaction_answers) as answers,
         (select count(*)::int from subscriptions) as wishes,
         (select count(*)::int from case_events) as events,
         (select count(*)::int from letters) as letters,
         (select count(*)::int from audit where actor like 'page%' or actor like 'preferences%') as pages`,
      );

    it('changes nothing by HEAD, GET, prefetch, and by running scripts on the page', async () => {
      const before = await counted();
      const page = await (await browser.newContext()).newPage();
      for (const [name, path] of Object.entries(paths)) {
        for (const method of ['GET', 'HEAD'])
          for (const headers of [{}, { purpose: 'prefetch' }, { 'sec-purpose': 'prefetch' }] as Record<
            string,
            string
          >[])
            expect([200, 404], name).toContain((await postern.ask(path, { method, headers })).status);
        await page.goto(`${postern.address}${path}`);
        await page.evaluate('for (const a of document.links) a.click()');
      }
      expect(await counted()).toEqual(before);
      await page.context().close();
    });

    it('shows a double click once', async () => {
      const page = await (await browser.newContext({ locale: 'en' })).newPage();
      await setLanguage('en');
      await page.goto(`${postern.address}${paths['how it was']}`);
      await page.locator('button[value="4"]').dblclick();
      await page.getByText('You have chosen 4 of 5').waitFor();
      expect(await page.locator('button[aria-pressed="true"]').innerText()).toContain('4');
      await page.goto(`${postern.address}${paths.preferences}`);
      await page.locator('button[name="end"][value="all"]').dblclick();
      await page.getByText('These letters have ended').waitFor();
      const rows = await postern.query('select kind from subscriptions where not wanted');
      expect(new Set(rows.map(({ kind }) => kind)).size).toBe(rows.length);
      await page.context().close();
    });
  });
}
