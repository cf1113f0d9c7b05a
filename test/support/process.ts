import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Name of the variable with the folder of this test run: whatever a test starts works below it, and `leftovers` looks for it. */
export const runFolderVariable = 'POSTERN_TEST_FOLDER';

/** For processes that a test starts: the path, and where compiled code is kept for the next one. Nothing else of this environment. */
export function bareEnvironment(): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}) };
}

/** A folder of its own that other users may pass: servers that do not run as root live in it. */
export function scratch(name: string): string {
  const folder = mkdtempSync(join(process.env[runFolderVariable] ?? tmpdir(), `postern-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

export async function untilOpen(port: number, gone: () => boolean, withinMs = 15_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (performance.now() < end && !gone()) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(20);
  }
  throw new Error(`nothing listens on 127.0.0.1:${port}`);
}

/**
 * Runs a line of shell when this process has died, however it died: the shell waits for the end of a pipe that only we hold.
 * Ctrl-C does not reach it.
 */
export function afterOurDeath(line: string): { cancel(): void } {
  const guard = spawn('/bin/sh', ['-c', `read -r _; ${line}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  guard.stdin.on('error', () => {});
  return {
    cancel() {
      guard.kill('SIGKILL');
    },
  };
}

export type Server = {
  pid: number;
  stop(): Promise<void>;
  kill(signal?: NodeJS.Signals): Promise<void>;
  alive(): boolean;
};

/** A server in a process group of its own, that ends with us at the latest. */
export function startServer(command: string, args: string[], options: { uid?: number; gid?: number } = {}): Server {
  const child: ChildProcess = spawn(command, args, { ...options, detached: true, stdio: 'ignore', cwd: '/' });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command} cannot be started`);
  child.on('error', () => {});
  const guard = afterOurDeath(`kill -TERM -- -${pid}; sleep 2; kill -KILL -- -${pid}`);
  const alive = () => child.exitCode === null && child.signalCode === null;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    if (alive()) child.kill(signal);
    await gone;
    guard.cancel();
  };
  return {
    pid,
    alive,
    kill,
    async stop() {
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await kill('SIGTERM');
      clearTimeout(late);
    },
  };
}

export const remove = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** What a program has said, once it is over. */
export async function ended(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, out, err };
}
