import { html } from 'hono/html';
import { type Html, page } from '../html.ts';

/** For a browser that asked for an address where nothing is. The path is shown as text. */
export const notFoundPage = (path: string, withSandbox: boolean): Html =>
  page(
    'Nothing here · Postern',
    html`
<h1>There is nothing here</h1>
<p class="lead">No page has the address <code>${path.slice(0, 200)}</code>.</p>
<p><a href="/">To the start</a>, which says what is where.</p>`,
    'start',
    withSandbox,
  );
