/** The one secret of the API: a bearer token for programs, a password for the pages that show what it guards. */
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

/** RFC 7617: any user, the token is the password. */
function password(header: string | undefined): string | null {
  const found = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(header ?? '');
  if (!found?.[1]) return null;
  const pair = Buffer.from(found[1], 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? null : pair.slice(colon + 1);
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

/** For pages in a browser: asks for the token as a password. */
export function needsPassword(token: string | null): MiddlewareHandler {
  return async (c, next) => {
    if (token === null) throw new Problem(503, unset);
    const header = c.req.header('authorization');
    const given = password(header) ?? bearer(header);
    if (given === null || !same(given, token)) {
      const ask = 'Basic realm="Postern: any user, API_TOKEN as password", charset="UTF-8"';
      throw new Problem(401, 'Any user, with API_TOKEN as the password.', {}, { 'www-authenticate': ask });
    }
    await next();
  };
}
