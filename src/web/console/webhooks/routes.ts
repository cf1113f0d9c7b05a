/** The routes of webhooks: an address may hold what only those are to know who manage them. */
import { Hono } from 'hono';
import { faultPage } from '../frame/page.ts';
import { type ConsoleEnv, viewerMay } from '../viewer.ts';
import { deliveryPage, secretPage } from './delivery-page.ts';
import { listPage, type WebhooksDeps } from './list-page.ts';
import { webhookPage } from './webhook-page.ts';

export function webhookRoutes(deps: WebhooksDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  for (const path of ['/webhooks', '/webhooks/*'])
    app.use(path, async (c, next) => {
      if (viewerMay(c.get('viewer'), 'webhooks: manage')) return next();
      return faultPage(c, {
        status: 403,
        says: 'You may not see webhooks.',
        toDo: 'A manager, a director or an admin manages them.',
      });
    });
  app.get('/webhooks', (c) => listPage(c, deps));
  app.get('/webhooks/:id', (c) => webhookPage(c, deps, c.req.param('id')));
  app.post('/webhooks/:id/secret', (c) => secretPage(c, deps, c.req.param('id')));
  app.get('/webhooks/:id/deliveries/:delivery', (c) =>
    deliveryPage(c, deps, c.req.param('id'), c.req.param('delivery')),
  );
  return app;
}
