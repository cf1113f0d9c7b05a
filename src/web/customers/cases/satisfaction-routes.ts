/** The page that asks how it was, behind the link of the letter after the close. Only a POST says anything (POLICY §8.7). */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { scores } from '../../../cases/satisfaction.ts';
import type { WebActions } from '../../deps.ts';
import { accepted, answer } from '../frame.ts';
import { satisfactionOver, satisfactionPage } from './satisfaction.ts';

const over = (c: Context) => answer(c, satisfactionOver(accepted(c)), 404);

export function satisfactionRoutes({ satisfaction }: Pick<WebActions, 'satisfaction'>): Hono {
  const app = new Hono({ strict: false });
  app.get('/rate/:token', async (c) => {
    const asked = await satisfaction?.find(c.req.param('token'));
    return asked ? answer(c, satisfactionPage(asked)) : over(c);
  });
  app.post('/rate/:token', bodyLimit({ maxSize: 1024 }), async (c) => {
    const token = c.req.param('token');
    const { score: sent } = await c.req.parseBody();
    const score = scores.find((one) => String(one) === sent);
    const asked = await satisfaction?.find(token);
    if (!asked) return over(c);
    if (score === undefined) return answer(c, satisfactionPage(asked));
    if (!(await satisfaction?.give(token, score))) return over(c);
    // Of two different answers within a minute none counts: the page says what does.
    const counts = await satisfaction?.find(token);
    return counts ? answer(c, satisfactionPage(counts)) : over(c);
  });
  return app;
}
