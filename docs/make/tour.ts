/**
 * A newcomer's hour: `node docs/make/tour.ts` starts the demo, does in its console what docs/tour.md says, by the keys that it names, makes the
 * pictures, and writes the page. `--look` does the same and writes to out/tour, to be looked at first.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { startDemo } from './screens/demo-at-hand.ts';
import { openBrowser } from './screens/sheets.ts';

type Tour = { readonly page: Page; readonly address: string; picture(name: string): Promise<void> };
type Step = {
  readonly title: string;
  /** Markdown; each `{picture:name}` stands where that picture is shown. */
  readonly says: string;
  does(tour: Tour): Promise<void>;
};

const size = { width: 1280, height: 860 };

const steps: readonly Step[] = [
  {
    title: 'From nothing to a desk',
    says: `\`npm ci && npm run demo\`. It needs nothing else: it brings its own database, takes mail at a door of its own, and catches every letter instead of sending it. It plays some forty mails through that door and says what became of each. Open the console at the address that it prints; on its own machine the demo signs you in.

{picture:overview}

What is wrong stands on top, in words, with one way out each. \`?\` shows every key; \`g\` and a letter goes to a place.`,
    async does({ page, address, picture }) {
      await page.goto(address);
      // Mails and letters of the hour are added up by the clock.
      await page.locator('a.tile', { hasText: /Letters out, today\s*[1-9]/ }).waitFor({ timeout: 90_000 });
      await page.goto(address);
      await picture('overview');
    },
  },
  {
    title: 'Held mail: a new colleague is let in',
    says: `\`g h\`: mail that waits for a person, by why it waits. A new colleague of Aldous Robotics wrote with the right PIN, from an address that is not on record: **Not registered**. The mail is on the right with what is known of its sender, of the contract and of the question that went to their colleagues; \`y\` says why it was held, rule by rule.

{picture:held}

\`.\` goes to what can be done. Beside each button stands what it will do.

{picture:offers}

\`r\`, *Register and release*: the sender is put on record, a case is opened as of the time the mail arrived, and the acknowledgement leaves. What was done is said on top, with *Undo* (\`z\`) wherever there is a way back. What was acknowledged has none.

{picture:released}`,
    async does({ page, address, picture }) {
      await page.keyboard.press('g');
      await page.keyboard.press('h');
      await page.waitForURL(/\/held/);
      await page.goto(`${address}/held?reason=unregistered`);
      await page.locator('[data-key="r"]').first().waitFor();
      await picture('held');
      await page.keyboard.press('.');
      await picture('offers');
      await page.keyboard.press('r');
      await page.locator('.notice').waitFor();
      await page.locator('[data-live="held.count"]', { hasText: '8' }).waitFor();
      await picture('released');
    },
  },
  {
    title: 'A case: taken and answered',
    says: `\`g c\`: cases, severity 1 first and then the nearest deadline; \`j\` and \`k\` move, \`Enter\` opens one: the clock as a line, the conversation, the contract then and now.

{picture:case}

\`t\` takes it. \`a\` opens the answer: the draft is kept on the server with every pause. *Read it as it will leave* shows the letter itself, as text and as HTML; above *Send* stands to whom it goes and what it does to the clock.

{picture:answer}

\`s\` there sends it: the first answer is given, and the clock shows it.

{picture:answered}`,
    async does({ page, address, picture }) {
      await page.keyboard.press('g');
      await page.keyboard.press('c');
      await page.waitForURL(/\/cases/);
      await page.locator('[data-row] a[data-main]').first().click();
      await page.waitForURL(/\/cases\/\d+/);
      const here = new URL(page.url()).pathname;
      await picture('case');
      await page.keyboard.press('t');
      await page.locator('.notice').waitFor();
      await page.goto(`${address}${here}`);
      await page.keyboard.press('a');
      await page
        .locator('textarea[name="text"]')
        .first()
        .fill(
          'Good morning,\n\nplease restart the service once with the option --safe, and send us the first ten lines of its log. We have seen this after an update where the cache was kept.',
        );
      await page.locator('[data-kept]', { hasText: 'kept' }).waitFor();
      await page.getByRole('button', { name: 'Read it as it will leave' }).click();
      await page.getByText('as it will leave').first().waitFor();
      await picture('answer');
      await page.keyboard.press('s');
      await page.locator('.notice').waitFor();
      await picture('answered');
    },
  },
  {
    title: 'Who asks for access: a grant',
    says: `\`g a\`: requests for access, by what each waits for. This one has shown that the address is theirs, so whoever decides at the site was asked. Usually they answer by mail or on their page; client care can do it in their name, and it is on record who did.

{picture:access}

\`Shift G\` opens the grant: role, last day and reason stand in the fields, and the sentence follows what is typed.

{picture:grant}

The asker hears of it an hour later, so that a mistake can be taken back: \`z\`, or *Take it back*.

{picture:granted}`,
    async does({ page, picture }) {
      await page.keyboard.press('g');
      await page.keyboard.press('a');
      await page.waitForURL(/\/access/);
      await page.getByRole('link', { name: /^With the site/ }).click();
      await page.waitForURL(/state=waiting/);
      await page.locator('[data-row] a[data-main]').first().click();
      await page.waitForURL(/\/access\/\d+/);
      await picture('access');
      await page.keyboard.press('Shift+G');
      await page.locator('details.offer[open] .will', { hasText: 'authorized user' }).waitFor();
      await picture('grant');
      await page.locator('details.offer[open] button.btn').click();
      await page.locator('.notice').waitFor();
      await picture('granted');
    },
  },
  {
    title: 'A renewal: read before it goes',
    says: `\`g r\`: letters about what ends. Nothing of this goes out by itself: they stand still until somebody has read how many letters go to whom, and starts them (\`s\`).

{picture:start}

*Planned* has them by the day on which they go. \`Enter\` opens one: the ladder of the site, who would get it, and the letter itself as everything stands today.

{picture:renewal}

\`h\` holds it, \`e\` edits its words, \`x\` skips it, \`s\` sends it now.`,
    async does({ page, address, picture }) {
      await page.keyboard.press('g');
      await page.keyboard.press('r');
      await page.waitForURL(/\/renewals/);
      await page.goto(`${address}/renewals/all`);
      await picture('start');
      await page.keyboard.press('s');
      await page.locator('.notice').waitFor();
      await page.goto(`${address}/renewals`);
      await page.locator('[data-live="renewals.planned"]', { hasText: /[1-9]/ }).waitFor({ timeout: 90_000 });
      await page.getByRole('link', { name: /^Planned/ }).click();
      await page.locator('[data-row] a[data-main]').first().click();
      await page.waitForURL(/\/renewals\/\d+/);
      await picture('renewal');
    },
  },
  {
    title: 'How it went',
    says: `\`g e\`: first answers and those that were late, why mail was held, what customers were asked twice, how it was, by week, severity, plan, site and engineer.

{picture:reports}

And *Letters caught* of the demo shows what your customers would have read, with the link to the page on which they see how their case stands.`,
    async does({ page, address, picture }) {
      await page.goto(`${address}/reports?by=severity`);
      await page.locator('h1').waitFor();
      await picture('reports');
    },
  },
];

const { values } = parseArgs({ options: { look: { type: 'boolean', default: false } } });
const home = resolve(import.meta.dirname, '..', '..');
const [pictures, written] = values.look
  ? [join(home, 'out', 'tour'), join(home, 'out', 'tour', 'tour.md')]
  : [join(home, 'docs', 'screens', 'tour'), join(home, 'docs', 'tour.md')];
mkdirSync(pictures, { recursive: true });

const demo = await startDemo();
const browser = await openBrowser();
const lines = [
  '# A newcomer’s hour',
  '',
  'Written by `node docs/make/tour.ts`, which does all of this in the demo.',
  '',
];
try {
  const context = await browser.newContext({ viewport: size, colorScheme: 'light' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const picture = async (name: string): Promise<void> => {
    await page.evaluate('scrollTo(0, 0)');
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 70 });
    writeFileSync(join(pictures, `${name}.webp`), Buffer.from(data, 'base64'));
    process.stdout.write(`${name}.webp\n`);
  };
  for (const [at, { title, says, does }] of steps.entries()) {
    await does({ page, address: demo.address, picture }).catch(async (error: unknown) => {
      await picture('failed');
      throw new Error(`"${title}" could not be done at ${page.url()}: ${String(error)}`);
    });
    const folder = relative(join(written, '..'), pictures);
    const shown = says.replaceAll(
      /\{picture:(\w+)\}/g,
      (_, name: string) => `![${title}](${join(folder, `${name}.webp`)})`,
    );
    lines.push(`## ${at + 1}. ${title}`, '', shown, '');
  }
  writeFileSync(written, `${lines.join('\n').trimEnd()}\n`);
} finally {
  await browser.close();
  await demo.stop();
}
