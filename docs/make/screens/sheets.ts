/** Contact sheets: many letters a picture, in columns, by one browser. Nothing is fetched and no script of a letter runs. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { cleanLine } from '../../../src/foundation/clean-text.ts';
import { findProgram, lineToType } from '../../../test/support/servers/debian.ts';
import { documentFor, escaped, type Piece, type View } from './pieces.ts';

/** Width of the frame in CSS pixels, and how much smaller it stands on a sheet. */
export const sizes: Readonly<Record<View, { readonly width: number; readonly scale: number }>> = {
  light: { width: 800, scale: 0.65 },
  dark: { width: 800, scale: 0.65 },
  phone: { width: 360, scale: 0.85 },
  'phone-dark': { width: 360, scale: 0.85 },
  'auto-dark': { width: 800, scale: 0.65 },
  plain: { width: 640, scale: 0.81 },
};
const sheet = { width: 1580, height: 1560, gap: 8, caption: 18 };

export async function openBrowser(): Promise<Browser> {
  const executablePath = findProgram('chromium');
  if (!executablePath) throw new Error(`The pictures need Chromium. Type:\n\n  ${lineToType(['chromium'])}\n`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'] });
}

/** Sets the page to the colours of the view; whatever a letter asks for of elsewhere is refused. */
export async function viewIn(browser: Browser, view: View, scale = 1): Promise<Page> {
  const dark = view === 'dark' || view === 'phone-dark';
  const context = await browser.newContext({
    viewport: { width: sheet.width, height: sheet.height },
    colorScheme: dark ? 'dark' : 'light',
    deviceScaleFactor: scale,
    javaScriptEnabled: true,
    offline: true,
  });
  const page = await context.newPage();
  if (view === 'auto-dark') {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setAutoDarkModeOverride', { enabled: true });
  }
  return page;
}

const frame = (piece: Piece, document: string, { width, scale }: { width: number; scale: number }): string =>
  `<figure style="width:${width * scale}px"><figcaption>${escaped(`${piece.name}  ${cleanLine(piece.subject)}`)}</figcaption>
<div><iframe sandbox="allow-same-origin" scrolling="no" style="width:${width}px;transform:scale(${scale})" srcdoc="${escaped(document)}"></iframe></div></figure>`;

const bare = `<!doctype html><meta charset="utf-8"><style>
body{margin:0;background:#7d8590;position:relative}
figure{margin:0;position:absolute;visibility:hidden}
figcaption{font:bold 12px/${sheet.caption}px 'DejaVu Sans','Noto Sans CJK JP',sans-serif;color:#fff;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
figure div{overflow:hidden}
iframe{display:block;border:0;transform-origin:0 0}
</style>`;

/** Runs in the page, which TypeScript knows nothing of. */
const placing = readFileSync(join(import.meta.dirname, 'place-frames.mjs'), 'utf8');

/** At most so many frames at once: each is a document. */
const most = 40;

/** Writes `view-1.png` and so on into the folder, and says how many. */
export async function writeSheets(page: Page, pieces: readonly Piece[], view: View, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const size = sizes[view];
  const shown = pieces.flatMap((piece) => {
    const document = documentFor(piece, view);
    return document === null ? [] : [frame(piece, document, size)];
  });
  let sheets = 0;
  for (let begin = 0; begin < shown.length; begin += most) {
    const some = shown.slice(begin, begin + most);
    await page.setContent(bare + some.join('\n'), { waitUntil: 'load' });
    await page.addScriptTag({ content: placing });
    for (let from = 0; from < some.length; ) {
      from = await page.evaluate<number>(`placeFrames(${JSON.stringify({ from, ...sheet, scale: size.scale })})`);
      sheets += 1;
      writeFileSync(join(folder, `${view}-${sheets}.png`), await page.screenshot({ fullPage: true }));
    }
  }
  return sheets;
}
