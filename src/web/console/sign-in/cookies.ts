/** What a browser keeps of a sign-in: the token of its session, and that of what is only begun. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import { attemptMinutes, sessionDays } from '../../../staff/sign-in.ts';

export type Kept = {
  readonly read: (c: Context) => string | undefined;
  readonly keep: (c: Context, token: string) => void;
  readonly drop: (c: Context) => void;
};

/** Over TLS its name says that this host alone has set it, for all of it. */
function kept(name: string, maxAge: number, publicUrl: string): Kept {
  const secure = new URL(publicUrl).protocol === 'https:';
  const own: CookieOptions = { path: '/', httpOnly: true, sameSite: 'Lax', secure, ...(secure && { prefix: 'host' }) };
  return {
    read: (c) => (secure ? getCookie(c, name, 'host') : getCookie(c, name)),
    keep: (c, token) => setCookie(c, name, token, { ...own, maxAge }),
    drop: (c) => void deleteCookie(c, name, own),
  };
}

export const sessionCookie = (publicUrl: string): Kept => kept('postern', sessionDays * 24 * 60 * 60, publicUrl);
export const attemptCookie = (publicUrl: string): Kept => kept('postern-sign-in', attemptMinutes * 60, publicUrl);
