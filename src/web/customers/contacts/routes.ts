/**
 * The page of preferences (POLICY §10.6), and one click of a mail program (RFC 8058): a GET says and changes nothing, for scanners open
 * every link. A POST needs no more than the link: ending letters that can be had back harms nobody.
 */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { PreferencesWish } from '../../../flows/contacts/preferences-page.ts';
import { optionalKinds } from '../../../notices/kinds.ts';
import type { WebActions } from '../../deps.ts';
import { accepted, answer } from '../frame.ts';
import { preferencesOver, preferencesPage } from './preferences.ts';

const over = (c: Context, why: 'gone' | null) => answer(c, preferencesOver(accepted(c), why), 404);

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
    return found === null || found === 'gone' ? over(c, found) : answer(c, preferencesPage(found, null));
  });
  app.post('/preferences/:token', bodyLimit({ maxSize: 4096 }), async (c) => {
    const token = c.req.param('token');
    const wish = readWish(await c.req.parseBody());
    const found = (await (wish ? preferences?.set(token, wish) : preferences?.find(token))) ?? null;
    // Mail programs show what a click was answered with: where nothing was ended it is no success.
    return found === null || found === 'gone' ? over(c, found) : answer(c, preferencesPage(found, wish));
  });
  return app;
}
