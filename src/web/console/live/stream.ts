/** `GET /live`: figures by name as server-sent events. A page holds one while it is looked at. */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { maskWithin } from '../../mask.ts';
import type { ConsoleEnv } from '../viewer.ts';
import type { Figures } from './figures.ts';
import type { Poller } from './poller.ts';

/** Each is a connection; a page beyond them stays as it was drawn. */
const mostStreams = 200;
/** Proxies close what is silent; and a session that has ended meanwhile is noticed. */
const beatMs = 25_000;

type LiveDeps = {
  /** Whether a session still is one. */
  readonly stands: (session: string) => Promise<boolean>;
  readonly poller: Poller;
  /** The server closes: streams would keep it from that. */
  readonly closing: AbortSignal;
  readonly beatMs?: number;
};

export function liveRoutes({ stands, poller, closing, beatMs: beat = beatMs }: LiveDeps): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  app.get('/live', (c) => {
    // 204 tells a browser not to ask again.
    if (poller.watchers >= mostStreams || closing.aborted) return c.body(null, 204);
    c.header('x-accel-buffering', 'no');
    const { session } = c.get('viewer');
    return streamSSE(c, async (stream) => {
      const over = Promise.withResolvers<void>();
      const end = () => over.resolve();
      let waiting: Figures | null = null;
      let writing = false;
      /** One at a time: somebody who reads slowly gets the newest of each, not all of them. */
      async function write(): Promise<void> {
        if (writing) return;
        writing = true;
        while (waiting) {
          const data = JSON.stringify(maskWithin(waiting));
          waiting = null;
          await stream.writeSSE({ event: 'figures', data });
        }
        writing = false;
      }
      const leave = poller.watch((figures) => {
        waiting = { ...waiting, ...figures };
        write().catch(end);
      });
      const beats = setInterval(async () => {
        try {
          if (await stands(session)) return writing ? undefined : void (await stream.write(': still here\n\n'));
          await stream.writeSSE({ event: 'signed-out', data: '' });
          end();
        } catch {
          end();
        }
      }, beat);
      beats.unref();
      stream.onAbort(end);
      closing.addEventListener('abort', end);
      await over.promise;
      closing.removeEventListener('abort', end);
      clearInterval(beats);
      leave();
    });
  });
  return app;
}
