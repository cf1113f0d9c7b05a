/** The frame of every page. `html` of hono escapes whatever is put in; nothing here is marked as safe by hand. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export const stylePath = '/assets/postern.css';

/** No script anywhere, nothing from elsewhere. Letters are styled inline; frames are `srcdoc` and inherit this. */
export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The menu, in its order. What is `when: 'sandbox'` is there in the demo only. */
const menu = [
  { page: 'start', path: '/', says: 'Start', when: 'always' },
  { page: 'sandbox', path: '/sandbox', says: 'Letters caught', when: 'sandbox' },
  { page: 'queues', path: '/queues', says: 'Queues', when: 'always' },
] as const;

type PageName = (typeof menu)[number]['page'];

/** The document itself: no script, nothing from elsewhere. `body` is the element. */
export const documentOf = (language: string, title: string, body: Html): Html => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
${body}
</html>`;

/** `where`: the page of the menu that this one is, or belongs to. */
export function page(title: string, body: Html, where: PageName, withSandbox: boolean): Html {
  const shown = menu.filter(({ when }) => when === 'always' || withSandbox);
  const links = shown.map(
    (one) => html`<a href="${one.path}"${one.page === where ? html` aria-current="page"` : ''}>${one.says}</a>`,
  );
  return documentOf(
    'en',
    title,
    html`<body>
<a class="skip" href="#main">To the content</a>
<header class="top">
<a class="name" href="/">Postern</a>
<nav aria-label="Pages">${links}</nav>
</header>
<main id="main">${body}</main>
</body>`,
  );
}

/** Shown in UTC, so that a page and a log say the same. */
export function timeOf(iso: string): Html {
  const shown = iso.slice(0, 19).replace('T', ' ');
  return html`<time datetime="${iso}" title="${iso}">${shown} UTC</time>`;
}
