/**
 * The page of preferences (POLICY §10.6), and one click of a mail program (RFC 8058): a GET says and changes nothing, for scanners open
 * every link. A POST needs no more than the link: ending letters that can be had back harms nobody.
 */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { PreferencesWish } from '../flows/contacts/preferences-page.ts';
import { optionalKinds } from '../notices/kinds.ts';
import type { WebActions } from './deps.ts';
import type { Html } from './html.ts';
import { customerPolicy } from './pages/customer-page.ts';
import { preferencesOver, preferencesPage } from './pages/preferences.ts';

const shown = (c: Context, page: Html, status: 200 | 404): Response | Promise<Response> => {
  c.header('content-security-policy', customerPolicy);
  c.header('cache-control', 'no-store');
  return c.html(page, status);
};
const over = (c: Context, why: 'gone' | null) =>
  shown(c, preferencesOver(c.req.header('accept-language') ?? '', why), 404);

/** Null where the form says nothing that we know. */
function readWish(body: Readonly<Record<string, unknown>>): PreferencesWish | null {
  if (body['List-Unsubscribe'] === 'One-Click') return { kinds: 'of the letter', wanted: false };
  if (body.end === 'all') return { kinds: optionalKinds, wanted: false };
  const [end, begin] = [body.end, body.begin].map((one) => optionalKinds.find((kind) => kind === one));
  if (end) return { kinds: [end], wanted: false };
  return begin ? { kinds: [begin], wanted: true } : null;
}

export function preferencesRoutes({ preferences }: Pick<WebActions, 'preferences'>): Hono {
  const app = new Hono({ strict: false });
  app.get('/preferences/:token', async (c) => {
    const found = (await preferences?.find(c.req.param('token'))) ?? null;
    return found === null || found === 'gone' ? over(c, found) : shown(c, preferencesPage(found, null), 200);
  });
  app.post('/preferences/:token', bodyLimit({ maxSize: 4096 }), async (c) => {
    const token = c.req.param('token');
    const wish = readWish(await c.req.parseBody());
    const found = (await (wish ? preferences?.set(token, wish) : preferences?.find(token))) ?? null;
    // Mail programs show what a click was answered with: where nothing was ended it is no success.
    return found === null || found === 'gone' ? over(c, found) : shown(c, preferencesPage(found, wish), 200);
  });
  return app;
}
