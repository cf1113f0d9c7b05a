import { fork } from 'node:child_process';
import { join } from 'node:path';
import { now, sleep } from './numbers.ts';
import type { Taken } from './sink-process.ts';

export type Sink = {
  readonly port: number;
  readonly pid: number;
  /** Forgets what came so far. */
  reset(): void;
  /** How many letters came for mails, each counted once, and how many others. */
  counts(): { mails: number; others: number };
  /** When the letter that answers this mail was taken; undefined where none has come. */
  takenAt(token: string): number | undefined;
  /** Waits until each of these mails has its letter; the moment of the last one. */
  waitFor(tokens: readonly string[], withinMs: number): Promise<number>;
  stop(): void;
};

export async function openSink(): Promise<Sink> {
  const child = fork(join(import.meta.dirname, 'sink-process.ts'));
  const at = new Map<string, number>();
  let others = 0;
  const port = await new Promise<number>((resolve) =>
    child.once('message', (message) => resolve((message as { port: number }).port)),
  );
  child.on('message', (message) => {
    for (const one of (message as { taken?: Taken[] }).taken ?? []) {
      if (one.token === '' || at.has(one.token)) others += 1;
      else at.set(one.token, one.at);
    }
  });
  return {
    port,
    pid: child.pid ?? 0,
    reset() {
      at.clear();
      others = 0;
    },
    counts: () => ({ mails: at.size, others }),
    takenAt: (token) => at.get(token),
    async waitFor(tokens, withinMs) {
      const end = now() + withinMs;
      for (let missing = [...tokens]; ; await sleep(5)) {
        missing = missing.filter((token) => !at.has(token));
        if (missing.length === 0) return Math.max(...tokens.map((token) => at.get(token) ?? Number.NaN));
        if (now() > end)
          throw new Error(`${tokens.length - missing.length} of ${tokens.length} letters after ${withinMs / 1000} s`);
      }
    },
    stop: () => child.disconnect(),
  };
}
