/** The page that asks how it was, behind the link of the letter after the close. Only a POST says anything (POLICY §8.7). */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { scores } from '../cases/satisfaction.ts';
import type { WebActions } from './deps.ts';
import type { Html } from './html.ts';
import { customerPolicy } from './pages/customer-page.ts';
import { satisfactionOver, satisfactionPage } from './pages/satisfaction.ts';

const shown = (c: Context, page: Html, status: 200 | 404): Response | Promise<Response> => {
  c.header('content-security-policy', customerPolicy);
  c.header('cache-control', 'no-store');
  return c.html(page, status);
};
const over = (c: Context) => shown(c, satisfactionOver(c.req.header('accept-language') ?? ''), 404);

export function satisfactionRoutes({ satisfaction }: Pick<WebActions, 'satisfaction'>): Hono {
  const app = new Hono({ strict: false });
  app.get('/:token', async (c) => {
    const asked = await satisfaction?.find(c.req.param('token'));
    return asked ? shown(c, satisfactionPage(asked), 200) : over(c);
  });
  app.post('/:token', bodyLimit({ maxSize: 1024 }), async (c) => {
    const token = c.req.param('token');
    const { score: sent } = await c.req.parseBody();
    const score = scores.find((one) => String(one) === sent);
    const asked = await satisfaction?.find(token);
    if (!asked) return over(c);
    if (score === undefined) return shown(c, satisfactionPage(asked), 200);
    if (!(await satisfaction?.give(token, score))) return over(c);
    // Of two different answers within a minute none counts: the page says what does.
    const counts = await satisfaction?.find(token);
    return counts ? shown(c, satisfactionPage(counts), 200) : over(c);
  });
  return app;
}
