/** The frame of pages for customers (POLICY §8.7): none of the console's, no script, no sign-in, in their language. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { PageLanguage } from './languages.ts';
import { customerSheetPath } from './paths.ts';

const customerPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** `title` is the one heading; `kicker` stands above it: what this is about. */
export type CustomerPage = {
  readonly title: string;
  readonly kicker?: string;
  readonly lead?: string;
  readonly body?: Html;
  /** Below a line: what else can be done, and what this page does not do. */
  readonly foot?: readonly string[];
};

export function customerPage(language: PageLanguage, { title, kicker, lead, body, foot = [] }: CustomerPage): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${customerSheetPath}">
</head>
<body>
<main>
<header>${kicker ? html`<p class="kicker">${kicker}</p>\n` : ''}<h1>${title}</h1>${lead ? html`\n<p class="lead">${lead}</p>` : ''}</header>
${body ?? ''}
${foot.length > 0 ? html`<footer>${foot.map((says) => html`<p>${says}</p>`)}</footer>` : ''}
</main>
</body>
</html>`;
}

export const fact = (name: string, value: string | Html | null): Html | '' =>
  value === null || value === '' ? '' : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
export const facts = (given: readonly (Html | '')[]): Html => html`<dl class="facts">${given}</dl>`;

export type Said = 'good' | 'bad' | 'plain';
/** What was done, or was not. */
export const said = (says: string, how: Said, more?: string): Html =>
  html`<div class="said ${how}" role="${how === 'bad' ? 'alert' : 'status'}"><p>${says}</p>${more ? html`<p class="more">${more}</p>` : ''}</div>`;

/** No cache keeps it: a link is of one person. */
export function answer(c: Context, page: Html, status: 200 | 404 = 200): Response | Promise<Response> {
  c.header('content-security-policy', customerPolicy);
  c.header('cache-control', 'no-store');
  return c.html(page, status);
}
export const accepted = (c: Context): string => c.req.header('accept-language') ?? '';
