/** Pages for customers, which letters lead to: no sign-in, no script, and a link that nobody guesses (POLICY §8.7). */
import { Hono } from 'hono';
import type { WebActions } from '../deps.ts';
import { accessDecisionRoutes } from './access/routes.ts';
import { caseRoutes } from './cases/case-routes.ts';
import { satisfactionRoutes } from './cases/satisfaction-routes.ts';
import { preferencesRoutes } from './contacts/routes.ts';
import { customerSheetPath } from './paths.ts';
import { customerSheet } from './sheet.ts';

export async function customerRoutes(actions: WebActions): Promise<Hono> {
  const app = new Hono({ strict: false });
  const sheet = await customerSheet();
  app.get(customerSheetPath, (c) =>
    c.body(sheet, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' }),
  );
  for (const routes of [caseRoutes, satisfactionRoutes, accessDecisionRoutes, preferencesRoutes])
    app.route('/', routes(actions));
  return app;
}
