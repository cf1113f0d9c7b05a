/** The one secret of the API: a bearer token for programs. People sign in to the console. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { Problem } from './problem.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Digests are of one length, so that comparing tells nothing of the token, not even its length. */
const same = (given: string, token: string): boolean => timingSafeEqual(digest(given), digest(token));

function bearer(header: string | undefined): string | null {
  const found = /^Bearer +(\S+) *$/i.exec(header ?? '');
  return found?.[1] ?? null;
}

const unset = 'API_TOKEN is not set, so there is no API. Set it and start Postern again.';

export function needsBearer(token: string | null): MiddlewareHandler {
  return async (c, next) => {
    if (token === null) throw new Problem(503, unset);
    const given = bearer(c.req.header('authorization'));
    if (given === null || !same(given, token)) {
      const detail = given === null ? 'Send Authorization: Bearer API_TOKEN.' : 'This token is not the right one.';
      throw new Problem(401, detail, {}, { 'www-authenticate': 'Bearer realm="Postern"' });
    }
    await next();
  };
}
