/**
 * Bull Board, for looking only: what a job does is decided by rows, so a hand in the queue would change nothing or harm. It stands behind the
 * session of the console, in a frame with a policy of its own: its page has styles inline.
 */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { QueueBackend } from '../queues/types.ts';
import { maskWithin } from './mask.ts';
import { Problem } from './problem.ts';

/** Whatever its page asks for, nothing here is fetched from elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** Its page asks a font server: what the policy would refuse is not asked for, and a browser complains of nothing. Nor is it black until it has loaded. */
export const withoutElsewhere = (page: string): string =>
  page.replaceAll(/<link\b[^>]*\bhref="https?:[^>]*>/gi, '').replace('background:#151a21;', '');

export function queueBoard(basePath: string, queues: QueueBackend | null): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    // The adapters are read-only too; this keeps it so whatever a later Bull Board brings.
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD')
      throw new Problem(405, 'The queues are shown here, not changed.', {}, { allow: 'GET, HEAD' });
    await next();
    // What a job failed with may quote a mail.
    if (c.res.headers.get('content-type')?.startsWith('application/json')) {
      const { status, headers } = c.res;
      c.res = new Response(JSON.stringify(maskWithin(await c.res.json())), { status, headers });
    }
    if (c.res.headers.get('content-type')?.startsWith('text/html')) {
      const { status, headers } = c.res;
      c.res = new Response(withoutElsewhere(await c.res.text()), { status, headers });
    }
    c.res.headers.set('content-security-policy', policy);
    c.res.headers.set('x-frame-options', 'SAMEORIGIN');
    c.res.headers.set('cache-control', 'no-store');
  });
  if (queues === null) {
    app.all('*', () => {
      throw new Problem(503, 'There are no queues in this process.');
    });
    return app;
  }
  const server = new HonoAdapter(serveStatic);
  server.setBasePath(basePath);
  const board = createBullBoard({
    queues: [],
    serverAdapter: server,
    options: {
      uiConfig: {
        boardTitle: 'Postern queues',
        hideRedisDetails: true,
        hideDocsLink: true,
      },
    },
  });
  let shown: readonly unknown[] = [];
  app.use('*', async (_c, next) => {
    // A queue object whose link broke is thrown away and made anew by the backend.
    const now = queues.boardQueues();
    if (now.length !== shown.length || now.some((queue, i) => queue !== shown[i])) {
      board.replaceQueues(now.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false })));
      shown = now;
    }
    await next();
  });
  app.route('/', server.registerPlugin() as unknown as Hono);
  return app;
}
