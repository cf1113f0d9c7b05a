/** One case and what belongs to it. The list of cases stands beside. */
import { Hono } from 'hono';
import type { ConsoleEnv } from '../viewer.ts';
import { answerRoutes } from './answer-routes.ts';
import { cannedRoutes } from './canned-page.ts';
import type { CaseDeps } from './deps.ts';
import { mergePage, splitPage } from './joining-pages.ts';
import { newCasePage } from './new-page.ts';
import { casePage } from './page.ts';

export function oneCaseRoutes(deps: CaseDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/cases/new', (c) => newCasePage(c, deps));
  cannedRoutes(app, deps);
  app.get('/cases/:number{[0-9]+}', (c) => casePage(c, deps));
  app.get('/cases/:number{[0-9]+}/merge', (c) => mergePage(c, deps));
  app.get('/cases/:number{[0-9]+}/split', (c) => splitPage(c, deps));
  answerRoutes(app, deps);
  return app;
}
