import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A lock between processes that the kernel lets go of when its holder dies, however it dies: no stale lock files, no
 * guessing from pids. Node has no flock; SQLite's lock on an empty file is one, and works the same on every system.
 */
export type FileLock = { release(): void };

const sqliteBusy = 5;

/** Tries once; null where somebody else holds it. Two locks of one process exclude each other like those of two. */
export function tryLock(file: string, kind: 'shared' | 'exclusive'): FileLock | null {
  const handle = new DatabaseSync(file, { timeout: 0 });
  try {
    handle.exec(kind === 'shared' ? 'begin; select 1 from sqlite_master' : 'begin exclusive');
  } catch (error) {
    handle.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return null;
    throw error;
  }
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      handle.close();
    },
  };
}

/** Waits up to `withinMs`; null when the time is over. */
export async function lock(file: string, kind: 'shared' | 'exclusive', withinMs: number): Promise<FileLock | null> {
  const end = performance.now() + withinMs;
  for (;;) {
    const taken = tryLock(file, kind);
    if (taken || performance.now() >= end) return taken;
    await sleep(25);
  }
}
