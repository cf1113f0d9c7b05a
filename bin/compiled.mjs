// What Node has compiled of our files and of packages is kept for the next command, and what it made of files that are gone or were changed
// since stays there for good: once a day a command removes what is older than the newest source. Runs on any Node from 20.
import { readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const day = 86_400_000;

/** Milliseconds; 0 for what is not there. */
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const within = (path) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(path, { recursive: true }).map((name) => join(path, name))
    : [path];

/**
 * Others may read and write there at the same time. A file that somebody has open is read to its end, one that is gone is compiled anew, and
 * what is written at this moment is newer than any source.
 */
export function sweepCompiled(folder, sources, now = Date.now()) {
  const swept = join(folder, 'swept');
  if (changedAt(folder) === 0 || changedAt(swept) > now - day) return;
  try {
    writeFileSync(swept, '');
    // Folders are newer than their files wherever one was taken away.
    const files = sources.flatMap(within).filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
    const newest = Math.max(...files.map(changedAt));
    for (const path of within(folder).toReversed()) {
      if (path === swept) continue;
      const is = statSync(path, { throwIfNoEntry: false });
      if (is?.isFile() && is.mtimeMs < newest) rmSync(path, { force: true });
      // Of another Node: only where nothing is left in it.
      if (is?.isDirectory() && readdirSync(path).length === 0) rmdirSync(path);
    }
  } catch {
    // Nothing but room is lost where it is not ours to write.
  }
}
