/** The link of `postern staff sign-in`: a GET shows a button, and only that uses the link. */
import { Hono } from 'hono';
import { linkBody, overBody } from './pages.ts';
import type { Ways } from './ways.ts';

const over = overBody(
  'This link was used, or is older than ten minutes. Make another one with postern staff sign-in, or sign in with a code.',
);

export function linkRoutes(ways: Ways): Hono {
  const { links } = ways.signIn;
  const app = new Hono({ strict: false });
  app.get('/:token', async (c) => {
    const token = c.req.param('token');
    const name = await links.look(token);
    return name === null
      ? ways.page(c, 'This link is over', over, { status: 404 })
      : ways.page(c, 'Sign in', linkBody(name, token));
  });
  app.post('/:token', async (c) => {
    const elsewhere = ways.fromElsewhere(c);
    if (elsewhere) return elsewhere;
    const session = await links.use(c.req.param('token'), ways.callerOf(c));
    return session === null ? ways.page(c, 'This link is over', over, { status: 404 }) : ways.enter(c, session, '/');
  });
  return app;
}
