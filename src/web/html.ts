/** The frame of every page. `html` of hono escapes whatever is put in; nothing here is marked as safe by hand. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export const stylePath = '/assets/house.css';

/** No script anywhere, nothing from elsewhere. Inline styles are what letters are dressed in; frames are `srcdoc` and inherit this. */
export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function page(title: string, body: Html, where: 'start' | 'sandbox', withSandbox: boolean): Html {
  const here = (name: string) => (name === where ? html` aria-current="page"` : '');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top">
<a class="name" href="/">Postern</a>
<nav aria-label="Pages"><a href="/"${here('start')}>Start</a>${withSandbox ? html`<a href="/sandbox"${here('sandbox')}>Letters caught</a>` : ''}<a href="/queues">Queues</a></nav>
</header>
<main id="main">${body}</main>
</body>
</html>`;
}

/** Shown in UTC, so that a page and a log say the same. */
export function timeOf(iso: string): Html {
  const shown = iso.slice(0, 19).replace('T', ' ');
  return html`<time datetime="${iso}" title="${iso}">${shown} UTC</time>`;
}
