/**
 * Pictures of every sample letter, to be looked at before a template or the frame is changed: `npm run screens`.
 * Light, dark, on a phone, as plain text, and as a program shows it that inverts colours; several letters a sheet.
 * `npm run screens -- --gallery` writes the few that are kept, and docs/letters.md.
 */
import { join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { letterTemplates } from '../../src/outbound/letter.ts';
import { loadTemplates } from '../../src/runtime/templates.ts';
import { writeGallery } from './screens/gallery.ts';
import { piecesOf, type View, views } from './screens/pieces.ts';
import { openBrowser, viewIn, writeSheets } from './screens/sheets.ts';

const home = resolve(import.meta.dirname, '..', '..');

type Options = {
  readonly language: readonly string[];
  readonly view: readonly View[];
  readonly letter: readonly string[];
  readonly most: number;
  readonly to: string;
  readonly gallery?: boolean;
};

async function screens({ language, view, letter, most, to, gallery }: Options): Promise<void> {
  const templates = await loadTemplates();
  const browser = await openBrowser();
  try {
    if (gallery) return await writeGallery(browser, templates, join(home, 'docs'));
    for (const one of view) {
      const page = await viewIn(browser, one);
      for (const spoken of language) {
        const pieces = await piecesOf(templates, { language: spoken, names: letter, most });
        const folder = join(to, spoken);
        const sheets = await writeSheets(page, pieces, one, folder);
        process.stdout.write(`${relative(home, folder)}/${one}-*.png: ${sheets}\n`);
      }
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
}

function wholeNumber(given: string): number {
  if (!/^[1-9]\d{0,3}$/.test(given)) throw new InvalidArgumentError('write a whole number from 1 on.');
  return Number(given);
}

const languages = Object.keys((await loadTemplates()).letters).sort();
const names = [...Object.keys(letterTemplates), 'pages'];

await new Command('screens')
  .addOption(new Option('--language <names...>', 'of the letters').choices(languages).default(['en']))
  .addOption(new Option('--view <names...>', 'how they are looked at').choices(views).default(views))
  .addOption(
    new Option('--letter <names...>', 'these templates alone; pages: those for customers').choices(names).default([]),
  )
  .option('--most <n>', 'samples of a template', wholeNumber, 99)
  .option('--to <folder>', 'where the pictures go', (folder) => resolve(folder), join(home, 'out', 'screens'))
  .addOption(
    new Option('--gallery', 'instead: the pictures of docs/letters.md, and that page').conflicts([
      'language',
      'view',
      'letter',
      'most',
      'to',
    ]),
  )
  .action(screens)
  .parseAsync();
