/** Postern's workers as processes of their own, to be killed: `postern work <name>` on the pinned Node. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const home = resolve(import.meta.dirname, '..', '..');

export type Kind = 'inbox' | 'intake' | 'outbound' | 'scheduler' | 'web';

export function workerFleet(env: Record<string, string>, cwd: string) {
  const alive = new Map<ChildProcess, Kind>();
  const lines: string[] = [];
  const start = (kind: Kind): ChildProcess => {
    const child = spawn(process.execPath, [join(home, 'src', 'cli', 'main.ts'), 'work', kind], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    alive.set(child, kind);
    child.stderr?.on('data', (chunk) => void lines.push(String(chunk)));
    child.on('exit', () => alive.delete(child));
    return child;
  };
  const gone = (child: ChildProcess) =>
    new Promise<void>((done) =>
      child.exitCode !== null || child.signalCode !== null ? done() : child.once('exit', () => done()),
    );
  return {
    alive,
    start,
    /** What they said, for a failing test. */
    said: () => lines.join('').slice(-6_000),
    /** Kills one of that kind with -9 and puts another in its place. */
    async replace(kind: Kind): Promise<void> {
      const [victim] = [...alive].filter(([, is]) => is === kind).map(([child]) => child);
      if (victim) {
        victim.kill('SIGKILL');
        await gone(victim);
      }
      start(kind);
    },
    /** SIGTERM to all; resolves with how each ended. */
    async stop(): Promise<(number | string | null)[]> {
      const all = [...alive.keys()];
      for (const child of all) child.kill('SIGTERM');
      await Promise.all(all.map(gone));
      return all.map((child) => child.exitCode ?? child.signalCode);
    },
  };
}
