/** The routes of held mail. */
import { Hono } from 'hono';
import type { ConsoleEnv } from '../viewer.ts';
import { letInOffer } from './let-in.ts';
import { letAllIn, letInPage } from './let-in-page.ts';
import { doMany, manyPage } from './many.ts';
import { type HeldPageDeps, heldPage } from './page.ts';

export function heldRoutes(deps: HeldPageDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/held', (c) => heldPage(c, deps));
  app.get('/held/let-in', (c) => letInPage(c, deps));
  app.post('/held/let-in', (c) => letAllIn(c, deps));
  app.get('/held/let-in/offer', async (c) => {
    const { count } = await deps.held.letIn({ look: true });
    c.header('cache-control', 'no-store');
    return c.html(letInOffer(count, { look: false }));
  });
  app.get('/held/many', (c) => manyPage(c, deps));
  app.post('/held/many', (c) => doMany(c, deps));
  return app;
}
