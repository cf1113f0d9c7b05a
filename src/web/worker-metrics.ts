/** `/metrics` and `/healthz` of a worker without a web server of its own: what this process counts, and nothing else. */
import { createServer } from 'node:http';
import type { Log } from '../foundation/log.ts';
import type { PrometheusMeter } from './metrics.ts';

/** Rejects when the port cannot be had; 0 takes any free one. Nobody is asked for a token, as on the web server. */
export async function serveMetrics(
  at: { readonly host: string; readonly port: number },
  { registry }: Pick<PrometheusMeter, 'registry'>,
  log: Log,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const answers: Readonly<Record<string, () => Promise<{ type: string; text: string }>>> = {
    '/metrics': async () => ({ type: registry.contentType, text: await registry.metrics() }),
    '/healthz': async () => ({ type: 'application/json', text: '{"status":"alive"}' }),
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    request.resume();
    if (!answer || !reads) {
      response.writeHead(answer ? 405 : 404, { 'content-type': 'text/plain' }).end();
      return;
    }
    answer().then(
      ({ type, text }) => {
        response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : text);
      },
      (error: unknown) => {
        log.warn({ error: String(error) }, 'the metrics could not be told');
        response.writeHead(500).end();
      },
    );
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(at.port, at.host, done);
  });
  server.on('error', (error) => log.warn({ error: error.message }, 'the server for metrics'));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : at.port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
