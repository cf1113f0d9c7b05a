/** The web server: API, health, metrics, the view of the queues, and in the demo the letters caught. */
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { type Context, type Env, Hono } from 'hono';
import type { Readiness } from '../flows/upkeep/readiness.ts';
import { consolePaths } from './console/paths.ts';
import { customerPaths } from './customers/paths.ts';
import type { WebDeps } from './deps.ts';
import { pagePolicy, stylePath } from './html.ts';
import { systemMetrics } from './metrics.ts';
import { startPage } from './pages/start.ts';
import { Problem, problemOf, problemResponse } from './problem.ts';
import { sandboxRoutes } from './sandbox.ts';
import { style } from './style.ts';

type Web = {
  fetch(request: Request): Response | Promise<Response>;
  /** Rejects when the port cannot be had; 0 takes any free one. `close` lets requests at hand finish, for 5 s at most. */
  listen(at: { host: string; port: number }): Promise<{ port: number; close(): Promise<void> }>;
};

const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'x-dns-prefetch-control': 'off',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** A question that does not come back is an answer too. */
async function readinessOf(deps: WebDeps): Promise<Readiness> {
  const { promise, resolve } = Promise.withResolvers<Readiness>();
  const timer = setTimeout(() => resolve({ ready: false, reasons: ['no answer within 5 s'], notes: [] }), 5_000);
  try {
    return await Promise.race([deps.readiness(), promise]);
  } catch (error) {
    deps.log.warn({ error: String(error) }, 'readiness could not be told');
    return { ready: false, reasons: ['readiness could not be told'], notes: [] };
  } finally {
    clearTimeout(timer);
  }
}

export function createWeb(deps: WebDeps): Web {
  const { log, sandbox } = deps;
  const { registry } = deps.metrics;
  const app = new Hono({ strict: false });
  const system = systemMetrics(registry, deps);
  const closing = new AbortController();

  const failed = (error: Error, c: Context): Response => {
    const problem = problemOf(error) ?? httpProblem(error);
    if (problem) return problemResponse(problem);
    log.error({ error: error.stack ?? String(error), path: c.req.path }, 'a request failed');
    return problemResponse(new Problem(500, 'Something is wrong here; the log says what.'));
  };
  const missing = async (c: Context): Promise<Response> => {
    // A browser asks for a page; programs, and whoever asks below /api, get the problem as they know it.
    if (c.req.path.startsWith('/api/') || !c.req.header('accept')?.includes('text/html'))
      return problemResponse(new Problem(404, `There is nothing at ${c.req.path}.`));
    const [{ accepted, answer }, { notFoundPage }] = await Promise.all([
      import('./customers/frame.ts'),
      import('./customers/not-found.ts'),
    ]);
    return answer(c, notFoundPage(accepted(c)), 404);
  };
  /** Routes that many processes never need, and what they bring along, are loaded with the first request for them. */
  const asked = <E extends Env>(load: () => Promise<Hono<E>>) => {
    let loaded: Promise<Hono<E>> | undefined;
    return async (c: Context): Promise<Response> => {
      // What could not be loaded is loaded anew by the next who asks.
      loaded ??= load().catch((error: unknown) => {
        loaded = undefined;
        throw error;
      });
      return (await loaded).fetch(c.req.raw, c.env);
    };
  };
  const whenAsked = (load: () => Promise<Hono<Env>>) =>
    asked(async () => (await load()).onError(failed).notFound(missing));

  app.onError(failed);
  app.notFound(missing);
  app.use('*', async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(always)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  });

  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const { ready, reasons, notes } = await readinessOf(deps);
    c.header('cache-control', 'no-store');
    return c.json({ status: ready ? 'ready' : 'not ready', reasons, notes }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    await system.refresh();
    return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
  app.get(stylePath, (c) =>
    c.body(style, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
  );
  // Before the console, which has places of the same names: links of letters are told by their dot.
  const customers = whenAsked(async () => (await import('./customers/customers.ts')).customerRoutes(deps.actions));
  for (const path of customerPaths) app.all(path, customers);
  const { console: openConsole } = deps;
  if (openConsole) {
    const console = asked(async () => {
      const { createConsole } = await import('./console/console.ts');
      const openapi = async () => (await import('./api/api.ts')).apiDocument(deps);
      return createConsole({ ...(await openConsole()), openapi }, closing.signal);
    });
    for (const path of consolePaths) app.all(path, console);
  }
  app.get('/api', (c) => c.redirect('/', 302));
  app.get('/', async (c) => {
    const now = await readinessOf(deps);
    c.header('content-security-policy', pagePolicy);
    c.header('cache-control', 'no-store');
    return c.html(startPage({ ...now, sandbox: sandbox !== undefined, api: deps.apiToken !== null }));
  });
  if (sandbox) app.route('/sandbox', sandboxRoutes(deps, sandbox));
  app.all('/access/*', customers);
  app.all(
    '/api/*',
    whenAsked(async () => (await import('./api/api.ts')).apiRoutes(deps)),
  );

  return {
    fetch: (request) => app.fetch(request),
    listen: ({ host, port }) =>
      new Promise((done, failed) => {
        const server = serve({ fetch: app.fetch, hostname: host, port }, (at) => {
          server.off('error', failed);
          server.on('error', (error) => log.warn({ error: error.message }, 'the web server'));
          done({ port: at.port, close: () => closed(server, closing) });
        }) as Server;
        server.once('error', failed);
      }),
  };
}

/** What hono itself throws, such as for a body that is no JSON. */
function httpProblem(error: Error): Problem | null {
  if (!('status' in error) || typeof error.status !== 'number' || error.status < 400 || error.status >= 500)
    return null;
  return new Problem(400, error.message || 'The request cannot be read.');
}

/** Streams end by themselves when they hear of it; who reads slowly is cut off. */
function closed(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  return new Promise((done) => {
    const timer = setTimeout(() => server.closeAllConnections(), 5_000);
    // A stream leaves its connection open when it ends.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(idle);
      done();
    });
    server.closeIdleConnections();
  });
}
