/** Signing in: by a code, which a form asks for and a form takes. The other ways stand beside it. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { normaliseAddress } from '../../../mail/address/address.ts';
import { withinConsole } from '../frame/back.ts';
import { linkRoutes } from './link-routes.ts';
import { codeBody, type SignInShown, signInBody } from './pages.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { providerRoutes } from './provider-routes.ts';
import { tooMany, type WayDeps, waysOf } from './ways.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Below `/sign-in`. No session is needed, and none is found out about. */
export function signInRoutes(deps: WayDeps): Hono {
  const ways = waysOf(deps);
  const { signIn, attempt, session, callerOf } = ways;
  const app = new Hono({ strict: false });
  app.use(
    '*',
    bodyLimit({ maxSize: 64 * 1024, onError: (c) => c.text('That is too long for a form of this page.', 413) }),
  );

  const first = (c: Context, shown: Pick<SignInShown, 'back' | 'typed' | 'fault'>, status?: 422 | 429) =>
    ways.page(
      c,
      'Sign in',
      signInBody({
        ...shown,
        passkeys: signIn.passkeys !== null,
        provider: signIn.provider?.name ?? null,
        demo: signIn.demo !== null,
      }),
      { ...(status && { status }), ...(signIn.passkeys && { assets: ['webauthn.js', 'passkey.js'] as const }) },
    );
  const second = (c: Context, shown: Pick<SignInShown, 'back' | 'typed' | 'fault'>, status?: 422 | 429) =>
    ways.page(c, 'Type the code', codeBody(shown), status && { status });

  app.get('/', async (c) => {
    const back = withinConsole(c.req.query('to'));
    const token = session.read(c);
    if (token && (await signIn.find(token, true))) return c.redirect(back, 303);
    return first(c, { back });
  });
  app.post('/', async (c) => {
    const elsewhere = ways.fromElsewhere(c);
    if (elsewhere) return elsewhere;
    const body = await c.req.parseBody();
    const [typed, back] = [textOf(body.email).trim(), withinConsole(body.to)];
    const email = normaliseAddress(typed);
    if (email === null)
      return first(c, { back, typed, fault: 'This is not an e-mail address, such as kim@desk.example.' }, 422);
    const asked = await signIn.codes.ask(email, callerOf(c));
    if (asked.kind === 'too-many') return first(c, { back, typed, fault: tooMany(asked.minutes) }, 429);
    attempt.keep(c, asked.token);
    return c.redirect(`/sign-in/code${back === '/' ? '' : `?to=${encodeURIComponent(back)}`}`, 303);
  });
  app.get('/code', (c) =>
    attempt.read(c) === undefined ? c.redirect('/sign-in', 303) : second(c, { back: withinConsole(c.req.query('to')) }),
  );
  app.post('/code', async (c) => {
    const elsewhere = ways.fromElsewhere(c);
    if (elsewhere) return elsewhere;
    const body = await c.req.parseBody();
    const [typed, back] = [textOf(body.code), withinConsole(body.to)];
    const tried = await signIn.codes.try(attempt.read(c), typed, callerOf(c));
    switch (tried.kind) {
      case 'in':
        return ways.enter(c, tried.session, back);
      case 'wrong': {
        const left = `${tried.left} ${tried.left === 1 ? 'try is' : 'tries are'} left`;
        return second(c, { back, typed, fault: `This is not the code of the last letter. ${left}.` }, 422);
      }
      case 'over':
        attempt.drop(c);
        return first(
          c,
          { back, fault: 'That code is used, too old, or was wrong too often. Ask for another one.' },
          422,
        );
      case 'too-many':
        return second(c, { back, typed, fault: tooMany(tried.minutes) }, 429);
      default:
        return tried satisfies never;
    }
  });
  app.route('/link', linkRoutes(ways));
  if (signIn.passkeys) app.route('/passkey', passkeyRoutes(ways, signIn.passkeys));
  if (signIn.provider) app.route('/provider', providerRoutes(ways, signIn.provider));
  return app;
}
