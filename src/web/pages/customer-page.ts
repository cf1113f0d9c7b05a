/** The frame of pages for customers (POLICY §8.7): none of the console's, no script, in their language. */
import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { stylePath } from '../html.ts';

export const customerPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export const customerPage = (language: string, title: string, body: Html): Html => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body class="customer">
<main id="main">${body}</main>
</body>
</html>`;
