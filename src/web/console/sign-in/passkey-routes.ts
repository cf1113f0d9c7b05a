/** Signing in with a passkey: what the script of the page asks, and sends. */
import { Hono } from 'hono';
import type { Passkeys } from '../../../flows/sign-in/passkeys.ts';
import { withinConsole } from '../frame/back.ts';
import { tooMany, type Ways } from './ways.ts';

const bodyOf = async (read: () => Promise<unknown>): Promise<Record<string, unknown>> =>
  Object(await read().catch(() => null));

export function passkeyRoutes(ways: Ways, passkeys: Passkeys): Hono {
  const app = new Hono({ strict: false });
  app.use('*', async (c, next) => ways.fromElsewhere(c) ?? next());
  app.post('/begin', async (c) => {
    const begun = await passkeys.begin(ways.callerOf(c));
    if (begun.kind === 'too-many') return c.json({ says: tooMany(begun.minutes) }, 429);
    ways.attempt.keep(c, begun.token);
    return c.json({ options: begun.options });
  });
  app.post('/', async (c) => {
    const { response, to } = await bodyOf(() => c.req.json());
    const tried = await passkeys.end(ways.attempt.read(c), response, ways.callerOf(c));
    switch (tried.kind) {
      case 'in':
        ways.attempt.drop(c);
        ways.session.keep(c, tried.session);
        return c.json({ to: withinConsole(to) });
      case 'refused':
        return c.json({ says: 'This passkey is not known here, or was taken off. Sign in with a code.' }, 401);
      case 'too-many':
        return c.json({ says: tooMany(tried.minutes) }, 429);
      default:
        return tried satisfies never;
    }
  });
  return app;
}
