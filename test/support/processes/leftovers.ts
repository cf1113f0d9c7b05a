import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const quietly = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

/** Processes that still work with files of `folder`: by command line, working folder, or POSTERN_DATA. Linux only, empty elsewhere. */
export function leftovers(folder: string): { pid: number; command: string }[] {
  const pids = quietly(() => readdirSync('/proc').join(' ')).match(/\b\d+\b/g) ?? [];
  return pids.map(Number).flatMap((pid) => {
    if (pid === process.pid) return [];
    const command = quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
      .replaceAll('\0', ' ')
      .trim();
    const cwd = quietly(() => readlinkSync(`/proc/${pid}/cwd`));
    const data =
      quietly(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))
        .split('\0')
        .find((entry) => entry.startsWith('POSTERN_DATA=')) ?? '';
    return command !== '' && [command, cwd, data].some((text) => text.includes(folder)) ? [{ pid, command }] : [];
  });
}
