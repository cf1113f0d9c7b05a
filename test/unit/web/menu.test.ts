import { html } from 'hono/html';
import { expect, it } from 'vitest';
import { page } from '../../../src/web/html.ts';

const menuOf = async (where: 'start' | 'sandbox' | 'queues', withSandbox: boolean) =>
  [
    ...String(await page('A title', html`<p>Text</p>`, where, withSandbox)).matchAll(
      /<a href="([^"]+)"( aria-current="page")?>[^<]+<\/a>(?=.*<\/nav>)/g,
    ),
  ].map(([, path, here]) => `${path}${here ? ' (here)' : ''}`);

it('the menu holds the pages that there are, and says which one is open', async () => {
  expect(await menuOf('start', true)).toEqual(['/ (here)', '/sandbox', '/queues']);
  expect(await menuOf('sandbox', true)).toEqual(['/', '/sandbox (here)', '/queues']);
  expect(await menuOf('start', false)).toEqual(['/ (here)', '/queues']);
});
