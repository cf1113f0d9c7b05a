/** What was done, told on top of the next page: in a cookie of one minute, which only this session can have made. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { ConsoleContext } from '../viewer.ts';
import { withinConsole } from './back.ts';
import { overTls } from './cookies.ts';
import { csrfField } from './csrf.ts';

export type Notice = {
  readonly says: readonly string[];
  /** The act that takes it back. */
  readonly undo?: { readonly act: string; readonly input: unknown };
  /** There is no way back. */
  readonly final?: boolean;
  /** What it has made possible: a place to go to. */
  readonly way?: { readonly href: string; readonly says: string };
};

const cookie = 'postern-notice';
/** Browsers keep 4096 bytes of a cookie with its name and attributes. */
const mostBytes = 3_500;

const sign = (c: ConsoleContext, text: string): string =>
  createHmac('sha256', c.get('csrf')).update(`notice:${text}`).digest('base64url');

const pack = (notice: Notice): string => Buffer.from(JSON.stringify(notice)).toString('base64url');

/** Cut to what a cookie holds: the first sentences, and the way back as long as it fits. */
function fitting(notice: Notice): string {
  let says = [...notice.says];
  for (let packed = pack(notice); ; packed = pack({ ...notice, says: [...says, '…'] })) {
    if (packed.length <= mostBytes) return packed;
    if (says.length <= 1) return pack({ says: [`${(says[0] ?? '').slice(0, 400)} …`] });
    says = says.slice(0, Math.ceil(says.length / 2));
  }
}

export function tellNext(c: ConsoleContext, notice: Notice): void {
  const text = fitting(notice);
  setCookie(c, cookie, `${text}.${sign(c, text)}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: 60,
    secure: overTls(c),
  });
}

/**
 * Whether somebody looks at this page as a whole. What a script asks for by itself (new tokens), a frame, and what is fetched ahead would
 * use up what nobody has read.
 */
function isLookedAt({ req }: ConsoleContext): boolean {
  if (req.method === 'HEAD' || req.header('x-part') || req.header('sec-purpose') || req.header('purpose')) return false;
  if (req.header('hx-request')) return req.header('hx-target')?.startsWith('main') ?? false;
  return ['document', undefined].includes(req.header('sec-fetch-dest'));
}

/** Taken: it is told once. */
export function takeNotice(c: ConsoleContext): Notice | null {
  const given = isLookedAt(c) ? getCookie(c, cookie) : undefined;
  if (given === undefined) return null;
  setCookie(c, cookie, '', { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 0, secure: overTls(c) });
  const dot = given.lastIndexOf('.');
  const [text, mac] = [given.slice(0, dot), Buffer.from(given.slice(dot + 1))];
  const right = Buffer.from(sign(c, text));
  if (mac.length !== right.length || !timingSafeEqual(mac, right)) return null;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Notice;
  } catch {
    return null;
  }
}

/** With a way back, which is an act like any other. */
export function noticeShown(c: ConsoleContext, { says, undo, final, way: goes }: Notice): Html {
  const { pathname, search } = new URL(c.req.url);
  const way = undo
    ? html`<form method="post" action="/do/${undo.act}">${csrfField(c)}<input type="hidden" name="input" value="${JSON.stringify(undo.input)}"><input type="hidden" name="sure" value="yes"><input type="hidden" name="says" value="Undo"><input type="hidden" name="back" value="${withinConsole(`${pathname}${search}`)}"><button class="btn" data-key="z">Undo <kbd>z</kbd></button></form>`
    : '';
  const [first = '', ...more] = says;
  return html`<div class="notice"${final ? html` data-final` : ''}><i></i><div><p>${first}</p>${more.map((one) => html`<p><small>${one}</small></p>`)}${
    goes ? html`<p><a href="${withinConsole(goes.href)}">${goes.says}</a></p>` : ''
  }</div>${way}</div>`;
}
