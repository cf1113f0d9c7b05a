// Exit 0 when the worker of this container is alive. `node deploy/health.mjs intake`; without a name: `postern start`.
// A worker touches its file every 5 s; one whose queue has gone silent ends by itself and is started anew.
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const name = process.argv[2] ?? 'all';
const oldestMs = 20_000;
try {
  const age = Date.now() - statSync(join(tmpdir(), `postern-${name}.alive`)).mtimeMs;
  if (age > oldestMs) throw new Error(`${name} gave its last sign of life ${Math.round(age / 1000)} s ago`);
  if (name === 'web' || name === 'all') {
    const port = /:(\d+)$/.exec(process.env.HTTP_LISTEN ?? '')?.[1] ?? '8080';
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(4_000) });
    if (!answer.ok) throw new Error(`/healthz answers ${answer.status}`);
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
