/** A file that is touched while the event loop of this process runs, for the health check of workers without HTTP (`deploy/health.mjs`). */
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const everyMs = 5_000;

export function keepLivenessFile(name: string): { close(): void } {
  const file = join(tmpdir(), `postern-${name}.alive`);
  const touch = () => {
    // A disk that is full does not keep mail from being worked on; the health check says so soon enough.
    try {
      writeFileSync(file, `${process.pid}\n`);
    } catch {}
  };
  touch();
  const timer = setInterval(touch, everyMs).unref();
  return {
    close() {
      clearInterval(timer);
      rmSync(file, { force: true });
    },
  };
}
