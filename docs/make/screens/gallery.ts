/** The few pictures that are kept in docs/screens, each small enough for a page. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Templates } from '../../../src/outbound/rendering/render.ts';
import { gallery, lettersPage, pictureName } from './letters-page.ts';
import { documentFor, piecesOf, type View } from './pieces.ts';
import { sizes, viewIn } from './sheets.ts';

/** WebP, of which only the browser's own protocol makes one. */
async function pictureOf(browser: Browser, view: View, document: string): Promise<Buffer> {
  const page = await viewIn(browser, view);
  try {
    await page.setViewportSize({ width: sizes[view].width, height: 100 });
    await page.setContent(document, { waitUntil: 'load' });
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'webp',
      quality: 76,
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width: sizes[view].width, height, scale: 1.5 },
    });
    return Buffer.from(data, 'base64');
  } finally {
    await page.context().close();
  }
}

/** Writes the letters in `docs/screens` anew, and the page that shows it. */
export async function writeGallery(browser: Browser, templates: Templates, docs: string): Promise<void> {
  const folder = join(docs, 'screens');
  mkdirSync(folder, { recursive: true });
  // The console has a folder of its own there.
  for (const name of readdirSync(folder)) if (name.endsWith('.webp')) rmSync(join(folder, name));
  for (const picture of gallery) {
    const pieces = await piecesOf(templates, { language: picture.language, names: [], most: 99 });
    const piece = pieces.find(({ name }) => name === picture.piece);
    const document = piece && documentFor(piece, picture.view);
    if (!document) throw new Error(`there is no ${picture.view} of ${picture.piece}`);
    writeFileSync(join(folder, pictureName(picture)), await pictureOf(browser, picture.view, document));
  }
  writeFileSync(join(docs, 'letters.md'), lettersPage(templates));
}
