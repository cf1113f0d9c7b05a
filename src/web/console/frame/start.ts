/** Where everything is, for whoever has signed in. */
import { html } from 'hono/html';
import type { ConsoleContext } from '../viewer.ts';
import { placesOf } from './keys.ts';
import { consolePage } from './page.ts';
import { row, rows } from './parts.ts';

export const startPage = (c: ConsoleContext): Promise<Response> => {
  const all = placesOf(c.get('viewer')).filter(({ path }) => path !== '/');
  const body = rows(
    all.map(({ path, says, about, key }) => row({ href: path, says, about, side: html`<kbd>g</kbd> <kbd>${key}</kbd>` })),
    'Places',
  );
  return consolePage(c, { title: 'Overview', place: '/', body });
};
