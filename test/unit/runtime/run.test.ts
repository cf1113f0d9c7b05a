import { expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { runUntilStopped } from '../../../src/runtime/run.ts';

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'closes everything on %s, and leaves no listener behind',
  async (signal) => {
    const before = process.listenerCount(signal);
    const done: string[] = [];
    const code = await runUntilStopped(silentLog, async () => {
      // The end of a terminal window comes as SIGHUP; without a listener it would kill, and leave the database running.
      setImmediate(() => process.emit(signal, signal));
      return { close: async () => void done.push('closed') };
    });
    expect([code, done]).toEqual([0, ['closed']]);
    expect(process.listenerCount(signal)).toBe(before);
  },
);
