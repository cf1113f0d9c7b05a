/** Postern's workers as processes of their own, to be killed: `postern work <name>` on the pinned Node. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { bareEnvironment } from '../process.ts';

const home = resolve(import.meta.dirname, '..', '..', '..');

export type Kind = 'inbox' | 'intake' | 'outbound' | 'scheduler' | 'web';

/** `extra` is what only this process is told; one put in its place by `replace` is told the same, save a crash point. */
type Running = { readonly kind: Kind; readonly extra: Record<string, string> };

/** `launched`: by our launcher, with the settings of memory that an operator has; it hands over to the same process id. */
export function workerFleet(
  env: Record<string, string>,
  cwd: string,
  { launched = false }: { readonly launched?: boolean } = {},
) {
  const program = launched ? join(home, 'bin', 'postern.mjs') : join(home, 'src', 'cli', 'main.ts');
  const alive = new Map<ChildProcess, Running>();
  const lines: string[] = [];
  const start = (kind: Kind, extra: Record<string, string> = {}): ChildProcess => {
    const child = spawn(process.execPath, [program, 'work', kind], {
      cwd,
      env: { ...bareEnvironment(), ...env, ...extra },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    alive.set(child, { kind, extra });
    child.stderr?.on('data', (chunk) => void lines.push(String(chunk)));
    child.on('exit', () => alive.delete(child));
    return child;
  };
  const gone = (child: ChildProcess) =>
    new Promise<void>((done) =>
      child.exitCode !== null || child.signalCode !== null ? done() : child.once('exit', () => done()),
    );
  const again = (extra: Record<string, string>) => {
    const { POSTERN_CRASH: _, ...rest } = extra;
    return rest;
  };
  return {
    alive,
    start,
    gone,
    of: (kind: Kind): ChildProcess[] => [...alive].filter(([, is]) => is.kind === kind).map(([child]) => child),
    /** What they said, for a failing test. */
    said: () => lines.join('').slice(-6_000),
    /** Kills one of that kind with -9, the oldest where none is named, and puts another in its place. */
    async replace(kind: Kind, which?: ChildProcess): Promise<ChildProcess> {
      const [oldest] = [...alive].filter(([, is]) => is.kind === kind).map(([child]) => child);
      const victim = which ?? oldest;
      const extra = victim ? (alive.get(victim)?.extra ?? {}) : {};
      if (victim) {
        victim.kill('SIGKILL');
        await gone(victim);
      }
      return start(kind, again(extra));
    },
    /** SIGKILL to all, where their end is not what is looked at. */
    async kill(): Promise<void> {
      const all = [...alive.keys()];
      for (const child of all) child.kill('SIGKILL');
      await Promise.all(all.map(gone));
    },
    /** SIGTERM to all; resolves with how each ended. */
    async stop(): Promise<(number | string | null)[]> {
      const all = [...alive.keys()];
      for (const child of all) {
        child.kill('SIGCONT');
        child.kill('SIGTERM');
      }
      await Promise.all(all.map(gone));
      return all.map((child) => child.exitCode ?? child.signalCode);
    },
  };
}
