import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { freePort, remove, type Server, scratch, startServer, untilOpen } from '../process.ts';
import { findProgram, lineToType } from './debian.ts';

export type TestRedis = {
  url: string;
  port: number;
  /** Runs a command and gives what redis-cli prints. */
  command(...args: string[]): string;
  flush(): void;
  /** kill -9; the append-only file stays, and `restart` reads it again on the same port. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** A private Redis as BullMQ wants it: append-only file, nothing evicted. `settings` are further lines of its configuration. */
export async function startRedis(settings: Record<string, string> = {}): Promise<TestRedis> {
  const program = findProgram('redis-server');
  const cli = findProgram('redis-cli');
  if (!program || !cli) throw new Error(`no redis-server here. Type: ${lineToType(['redis-server'])}`);
  const folder = scratch('redis');
  const port = await freePort();
  const all = { appendonly: 'yes', 'maxmemory-policy': 'noeviction', logfile: join(folder, 'log'), ...settings };
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''].concat(
    Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
  );
  let server: Server | null = null;
  const start = async () => {
    const fresh = startServer(program, args);
    server = fresh;
    await untilOpen(port, () => !fresh.alive());
    for (let tries = 0; tries < 500 && command('ping') !== 'PONG'; tries += 1)
      await new Promise((done) => setTimeout(done, 10));
  };
  const command = (...words: string[]) => execFileSync(cli, ['-p', `${port}`, ...words], { encoding: 'utf8' }).trim();
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    command,
    flush() {
      command('flushall');
    },
    async kill() {
      await server?.kill();
    },
    restart: start,
    async stop() {
      await server?.stop();
      remove(folder);
    },
  };
}
