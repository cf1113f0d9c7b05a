/** Light or dark by the system, or by choice, which a cookie of this browser keeps. */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { overTls } from './cookies.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const cookie = 'postern-theme';
const year = 365 * 24 * 60 * 60;

const asTheme = (given: unknown): Theme => themes.find((one) => one === given) ?? 'system';

export const themeOf = (c: Context): Theme => asTheme(getCookie(c, cookie));

export const keepTheme = (c: Context, given: unknown): void =>
  setCookie(c, cookie, asTheme(given), {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: year,
    secure: overTls(c),
  });
