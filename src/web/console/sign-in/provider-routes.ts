/** Signing in by the login of the organisation: there, and back with what it says. */
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ProviderLogin } from '../../../flows/sign-in/provider.ts';
import { attemptMinutes } from '../../../staff/sign-in.ts';
import { withinConsole } from '../frame/back.ts';
import { overBody } from './pages.ts';
import { tooMany, type Ways } from './ways.ts';

/** Where to go then: no secret, and looked at again when it comes back. */
const backCookie = 'postern-sign-in-to';

export function providerRoutes(ways: Ways, provider: ProviderLogin): Hono {
  const { name } = provider;
  const app = new Hono({ strict: false });
  const not = (c: Context, says: string, status: 403 | 429 | 503) =>
    ways.page(c, 'Not signed in', overBody(says), { status });
  const away = (c: Context) =>
    not(c, `${name} does not answer at the moment. Try again in a minute, or sign in with a code.`, 503);

  app.get('/', async (c) => {
    const begun = await provider.begin(ways.callerOf(c));
    switch (begun.kind) {
      case 'begun':
        ways.attempt.keep(c, begun.token);
        setCookie(c, backCookie, withinConsole(c.req.query('to')), {
          ...{ path: '/sign-in', httpOnly: true, sameSite: 'Lax', maxAge: attemptMinutes * 60 },
          secure: ways.publicUrl.startsWith('https:'),
        });
        return c.redirect(begun.url, 303);
      case 'away':
        return away(c);
      case 'too-many':
        return not(c, tooMany(begun.minutes), 429);
      default:
        return begun satisfies never;
    }
  });
  const refusals = {
    no: `${name} did not confirm who you are, so nobody was signed in.`,
    'not-verified': `${name} says an address of yours that it has not verified. Have it verified there, or sign in with a code.`,
    'not-ours': `The address that ${name} has of you is not on record here. Ask whoever manages our people, or sign in with a code.`,
    over: 'This took longer than ten minutes, or was done already. Begin again.',
  } as const;
  app.get('/done', async (c) => {
    const tried = await provider.end(ways.attempt.read(c), new URL(c.req.url).search, ways.callerOf(c));
    switch (tried.kind) {
      case 'in':
        return ways.enter(c, tried.session, getCookie(c, backCookie));
      case 'refused':
        return not(c, refusals[tried.why], 403);
      case 'away':
        return away(c);
      case 'too-many':
        return not(c, tooMany(tried.minutes), 429);
      default:
        return tried satisfies never;
    }
  });
  return app;
}
