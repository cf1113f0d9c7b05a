/** What changes something is taken from our own pages alone: from this origin, with the token of the session. */
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { isToken } from './frame/csrf.ts';
import { faultPage } from './frame/page.ts';
import type { ConsoleEnv } from './viewer.ts';

/**
 * A browser says where a form comes from in one header or both, and `Sec-Fetch-Site` only where it speaks TLS or to this machine. A program
 * says neither, and has no session of a browser to misuse.
 */
export function ofThisOrigin(header: (name: string) => string | undefined, publicUrl: string): boolean {
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = header('origin');
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return site === 'same-origin';
  return new URL(origin).host === header('host') || origin === new URL(publicUrl).origin;
}

const limited = (megabytes: number) =>
  bodyLimit({
    maxSize: megabytes * 1024 * 1024,
    onError: (c) => c.text(`A form holds ${megabytes} MB at most. Send less at once.`, 413),
  });
const small = limited(2);
/** With the files that go along; what a letter may hold is said by the act. */
const withFiles = limited(30);

export const bodiesLimited = createMiddleware<ConsoleEnv>((c, next) =>
  (/^\/cases\/\d+\/answer$/.test(c.req.path) ? withFiles : small)(c, next),
);

/** Stands before every route with a session. `HEAD` and `GET` change nothing. */
export const ownFormsOnly = (publicUrl: string) =>
  createMiddleware<ConsoleEnv>(async (c, next) => {
    const { method } = c.req;
    if (method === 'GET' || method === 'HEAD') return next();
    if (!ofThisOrigin((name) => c.req.header(name), publicUrl))
      return faultPage(c, {
        status: 403,
        says: 'This form came from another place, so nothing was done.',
        toDo: 'Open the page here and send it from there.',
      });
    const given = c.req.header('x-csrf') ?? (await c.req.parseBody()).csrf;
    if (isToken(given, c.get('csrf'))) return next();
    // The script fetches the token of this session, and leaves the page with what was typed as it is.
    c.header('x-form', 'of-another-session');
    return faultPage(c, {
      status: 403,
      says: 'This form belongs to another session, so nothing was done.',
      toDo: 'Go back, open the page again and send it once more.',
    });
  });
