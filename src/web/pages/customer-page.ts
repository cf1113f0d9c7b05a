/** The frame of pages for customers (POLICY §8.7): none of the console's, no script, in their language. */
import { html } from 'hono/html';
import { documentOf, type Html } from '../html.ts';

export const customerPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export const customerPage = (language: string, title: string, body: Html): Html =>
  documentOf(
    language,
    title,
    html`<body class="customer">
<main id="main">${body}</main>
</body>`,
  );
