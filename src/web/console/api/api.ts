/** The page of the API. */
import { Hono } from 'hono';
import { consolePage } from '../frame/page.ts';
import type { ConsoleEnv } from '../viewer.ts';
import { apiBody } from './api-page.ts';
import { type OpenApi, type Subject, subjectsOf } from './described.ts';

export type ApiDeps = {
  /** The description that programs get. */
  readonly openapi: () => Promise<OpenApi>;
  readonly publicUrl: string;
};

export function apiPageRoutes({ openapi, publicUrl }: ApiDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  // It is the same until another version is started.
  let known: Promise<readonly Subject[]> | undefined;
  app.get('/api', async (c) => {
    known ??= openapi().then((document) => subjectsOf(document, publicUrl));
    return consolePage(c, {
      ...{ title: 'API', place: '/api', assets: ['api.css'] as const },
      body: apiBody(await known, c.req.query('subject'), publicUrl.replace(/\/$/, '')),
    });
  });
  return app;
}
