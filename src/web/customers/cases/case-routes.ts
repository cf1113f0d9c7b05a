/** The page that shows how a case stands, behind the link of an acknowledgement. Whoever guesses hears the same in the same time. */
import { type Context, Hono } from 'hono';
import type { WebActions } from '../../deps.ts';
import { accepted, answer } from '../frame.ts';
import { caseOver, casePage } from './case.ts';

const over = (c: Context) => answer(c, caseOver(accepted(c)), 404);

export function caseRoutes({ casePages }: Pick<WebActions, 'casePages'>): Hono {
  const app = new Hono({ strict: false });
  app.get('/case/:token', async (c) => {
    const found = await casePages?.find(c.req.param('token'));
    return found ? answer(c, casePage(found)) : over(c);
  });
  return app;
}
