/** The document itself. What has no viewer yet (signing in) is drawn by `plainPage`. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Html } from '../../html.ts';
import type { AssetName, Assets } from './assets.ts';
import { themeOf } from './theme.ts';

/** Script that needs `eval` or styles of its own is off; Back asks for the page again. */
const htmxConfig = JSON.stringify({
  includeIndicatorCSS: false,
  prefix: '',
  history: 'reload',
  defaultTimeout: 30_000,
});

const icon =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3.5" fill="#2b5fd0"/><path d="M3.5 13V8a4.5 4.5 0 0 1 9 0v5M6.5 13V9.5h3V13" fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/></svg>',
  );

type Drawn = {
  readonly title: string;
  /** The element `body`. */
  readonly body: Html;
  /** Beside those of every page. */
  readonly assets?: readonly AssetName[];
};

export function documentOf(c: Context, assets: Assets, { title, body, assets: more = [] }: Drawn): Html {
  const theme = themeOf(c);
  const all: readonly AssetName[] = ['console.css', ...more, 'htmx.js', 'console.js'];
  return html`<!doctype html>
<html lang="en"${theme === 'system' ? '' : html` data-theme="${theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${theme === 'system' ? 'light dark' : theme}">
<meta name="robots" content="noindex">
<meta name="now" content="${new Date().toISOString()}">
<meta name="htmx-config" content="${htmxConfig}">
<title>${title} · Postern</title>
<link rel="icon" href="${icon}">
${all.map((name) =>
  name.endsWith('.css')
    ? html`<link rel="stylesheet" href="${assets.path(name)}">`
    : html`<script src="${assets.path(name)}" defer></script>`,
)}
</head>
${body}
</html>`;
}

/** A page without menu: one column, for whoever has not signed in. */
export const plainPage = (
  c: Context,
  assets: Assets,
  {
    title,
    body,
    status = 200,
    assets: more = [],
  }: { title: string; body: Html; status?: ContentfulStatusCode; assets?: readonly AssetName[] },
): Response | Promise<Response> =>
  c.html(
    documentOf(c, assets, {
      title,
      assets: more,
      body: html`<body class="plain"><main id="main"><p class="brand">Postern</p><h1>${title}</h1>${body}</main></body>`,
    }),
    status,
  );
