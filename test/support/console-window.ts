/** What the tests of single subjects of the console have in common: a window that does not wait long, keys, and acts by command. */
import type { Page } from 'playwright-core';
import { perform } from '../../src/flows/acts/perform.ts';
import type { TestConsole } from './console.ts';

/** What does not come soon does not come. */
export async function openSoon(desk: TestConsole, ...window: Parameters<TestConsole['open']>): Promise<Page> {
  const page = await desk.open(...window);
  page.setDefaultTimeout(12_000);
  return page;
}

export const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Throws where it is refused. */
export async function actAt(desk: TestConsole, act: string, input: object) {
  const done = await perform(desk.app, { act, input, by: { kind: 'command', staff: null } });
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
  return done;
}
