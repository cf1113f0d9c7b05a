/** The routes of requests for access. Beside a number and `rounds` what stands below /access/ is the page of a letter, for customers. */
import { Hono } from 'hono';
import type { ConsoleEnv } from '../viewer.ts';
import { listPage } from './list-page.ts';
import { type AccessDeps, requestPage } from './request-page.ts';
import { type RoundsDeps, roundPage, roundsPage } from './rounds-page.ts';

export function accessRoutes(deps: AccessDeps & RoundsDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/access', (c) => listPage(c, deps));
  app.get('/access/rounds', (c) => roundsPage(c, deps));
  app.get('/access/rounds/:site', (c) => roundPage(c, deps));
  app.get('/access/:id', (c) => requestPage(c, deps));
  return app;
}
