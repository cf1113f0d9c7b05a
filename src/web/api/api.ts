/** The JSON API: described without a token, used with it. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import type { WebDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { needsBearer } from '../token.ts';
import { accessRequestRoutes } from './access-requests.ts';
import { actRoutes } from './acts.ts';
import { caseRoutes } from './cases.ts';
import { contactRoutes } from './contacts.ts';
import { letterRoutes } from './letters.ts';
import { mailRoutes } from './mails.ts';
import { announcementRoutes } from './notices/announcements.ts';
import { renewalRoutes } from './notices/renewals.ts';
import { peopleRoutes } from './people.ts';
import { privilegedPinRoutes } from './privileged-pins.ts';
import { router } from './route.ts';
import { scheduleRoutes } from './schedules.ts';
import { siteRoutes } from './sites.ts';
import { staffRoutes } from './staff.ts';
import { auditRoutes } from './upkeep/audit.ts';
import { templateRoutes } from './upkeep/templates.ts';
import { webhookRoutes } from './upkeep/webhooks.ts';

/** A site with a thousand contacts is well below. */
const largestBody = 2 * 2 ** 20;

export function apiRoutes(deps: WebDeps): OpenAPIHono {
  const app = router();
  app.use('/api/*', async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'no-store');
  });
  app.use('/api/v1/*', needsBearer(deps.apiToken));
  app.use(
    '/api/v1/*',
    bodyLimit({
      maxSize: largestBody,
      onError: () => {
        throw new Problem(413, `At most ${largestBody} bytes.`);
      },
    }),
  );
  app.route('/api/v1/mails', mailRoutes(deps));
  app.route('/api/v1/acts', actRoutes(deps));
  app.route('/api/v1/cases', caseRoutes(deps));
  app.route('/api/v1/letters', letterRoutes(deps));
  app.route('/api/v1/audit', auditRoutes(deps));
  app.route('/api/v1/templates', templateRoutes(deps));
  app.route('/api/v1/sites', siteRoutes(deps));
  app.route('/api/v1/sites', contactRoutes(deps));
  app.route('/api/v1/announcements', announcementRoutes(deps));
  app.route('/api/v1/people', peopleRoutes(deps));
  app.route('/api/v1/schedules', scheduleRoutes(deps));
  app.route('/api/v1/renewals', renewalRoutes(deps));
  app.route('/api/v1/access-requests', accessRequestRoutes(deps));
  app.route('/api/v1/staff', staffRoutes(deps));
  app.route('/api/v1/webhooks', webhookRoutes(deps));
  app.route('/api/v1/privileged-pins', privilegedPinRoutes(deps));
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  app.doc31('/api/openapi.json', about(deps));
  return app;
}

const about = ({ publicUrl }: Pick<WebDeps, 'publicUrl'>) => ({
  openapi: '3.1.0',
  info: {
    title: 'Postern',
    version: '1',
    description: 'Mails, cases, letters and sites of a mail-driven ticket gateway.',
  },
  servers: [{ url: publicUrl }],
});

/** What `/api/openapi.json` answers. */
export const apiDocument = (deps: WebDeps) => apiRoutes(deps).getOpenAPI31Document(about(deps));
