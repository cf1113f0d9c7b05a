/** What pages are made of: small functions of data to HTML. */
import { html } from 'hono/html';
import type { Html } from '../../html.ts';

export { field, select } from './fields.ts';
export { when } from './times.ts';

export type Tone = 'good' | 'warn' | 'bad';
/** Text, or what is HTML already. */
export type Shown = Html | string;

export type Tab = {
  readonly href: string;
  readonly says: string;
  readonly count?: string | number;
  /** The name of the figure, where the count is live. */
  readonly figure?: string;
  /** A person has to look at it. */
  readonly hot?: boolean;
  readonly current: boolean;
};
export const tabs = (given: readonly Tab[], label = 'Views'): Html =>
  html`<nav class="tabs" aria-label="${label}">${given.map(
    ({ href, says, count, figure, hot, current }) =>
      html`<a href="${href}"${current ? html` aria-current="page"` : ''}>${says}${
        count === undefined
          ? ''
          : html` <b${hot ? html` class="hot"` : ''}${figure ? html` data-live="${figure}"` : ''}>${count}</b>`
      }</a>`,
  )}</nav>`;

export const pill = (says: string, tone?: Tone): Html =>
  html`<span class="pill${tone ? ` ${tone}` : ''}">${says}</span>`;

/** Rows of a list; `label` says of what. */
export const rows = (given: readonly Html[], label: string): Html =>
  html`<ul class="rows" aria-label="${label}">${given}</ul>`;

export type Row = {
  readonly href: string;
  /** The line that says what it is: an address, a number, a name. */
  readonly says: Shown;
  /** Below: what it is about. */
  readonly about?: Shown;
  /** Right: since when, or what of it counts. */
  readonly side?: Shown;
  /** It is the one that is open. */
  readonly current?: boolean;
  /** It can be chosen, among many, by this name and value. */
  readonly choose?: { readonly name: string; readonly value: string; readonly label: string; readonly form?: string };
};
export const row = ({ href, says, about, side, current, choose }: Row): Html =>
  html`<li class="row${current ? ' on' : ''}${choose ? ' choosable' : ''}" data-row>${
    choose
      ? html`<label class="choose"><input type="checkbox" name="${choose.name}" value="${choose.value}" aria-label="${choose.label}"${
          choose.form ? html` form="${choose.form}"` : ''
        }></label>`
      : ''
  }<div class="cell"><a class="a" href="${href}"${current ? html` aria-current="true"` : ''} data-main>${says}</a>${
    about === undefined ? '' : html`<div class="b">${about}</div>`
  }</div>${side === undefined ? '' : html`<div class="side">${side}</div>`}</li>`;

/** Terms with what is to be said of each. */
export const whyList = (given: readonly (readonly [term: string, says: Shown])[]): Html =>
  html`<dl class="why">${given.map(([term, says]) => html`<dt>${term}</dt><dd>${says}</dd>`)}</dl>`;

/** Nothing is here, which is a sentence of its own. */
export const empty = (says: Shown): Html => html`<p class="empty">${says}</p>`;

export const fault = (says: Shown, toDo: Shown): Html =>
  html`<div class="alert" role="alert"><i></i><div><p>${says}</p><p><small>${toDo}</small></p></div></div>`;

/** What is wrong, or will be: a sentence, its cause and what is safe meanwhile, and one way out. */
export const alert = (says: Shown, more: Shown, way?: Html, tone: 'bad' | 'warn' = 'bad'): Html =>
  html`<div class="alert${tone === 'warn' ? ' warn' : ''}"><i></i><div><p>${says}</p><p><small>${more}</small></p></div>${way ?? ''}</div>`;

export const card = (body: Html, title?: string): Html =>
  html`<section class="card">${title === undefined ? '' : html`<h2>${title}</h2>`}${body}</section>`;

export const details = (summary: Shown, body: Html, open = false): Html =>
  html`<details${open ? html` open` : ''}><summary>${summary}</summary><div class="inner">${body}</div></details>`;

/** Filters of a list stand in its address: a form that is asked with GET. */
export const filters = (fields: Html, says = 'Filter'): Html =>
  html`<form class="filters" method="get">${fields}<button class="btn">${says}</button></form>`;

/** What the pages of a list are called: from the newest back, or on from where it begins. */
const pageWords = {
  back: { start: 'Newest', prev: 'Newer', next: 'Older' },
  on: { start: 'Back to the beginning', prev: 'Back', next: 'Further' },
} as const;

type Href = string | null | undefined;
/** By key: the addresses of the page behind, of the one before, and of the first where this is another. */
export type Pages = {
  readonly next?: Href;
  readonly prev?: Href;
  readonly start?: Href;
  readonly way?: keyof typeof pageWords;
};
export function pager({ next, prev, start, way = 'back' }: Pages): Html {
  if (!next && !prev && !start) return html``;
  const words = pageWords[way];
  const link = (href: Href, says: string, rel: Html | string = '') =>
    href ? html`<a class="btn" href="${href}"${rel}>${says}</a>` : '';
  return html`<nav class="pager" aria-label="Pages">${link(start, words.start)}${link(prev, words.prev, html` rel="prev"`)}${link(next, words.next, html` rel="next"`)}</nav>`;
}

/** A figure that follows the live stream. */
export const live = (name: string, now: string | number): Html => html`<span data-live="${name}">${now}</span>`;

/** Where a list has grown: how many are new is said, and shown when asked for. */
export const news = (name: string, seen: string | number, href: string): Html =>
  html`<a class="news" href="${href}" data-news="${name}" data-seen="${seen}" hidden>Show what is new</a>`;
