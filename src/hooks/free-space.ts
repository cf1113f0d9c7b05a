import { statfs } from 'node:fs/promises';

/** What an ordinary user may still write there, in octets; null where it cannot be found out. */
export async function freeSpace(folder: string): Promise<{ readonly free: number; readonly size: number } | null> {
  const found = await statfs(folder).catch(() => null);
  return found && { free: found.bavail * found.bsize, size: found.blocks * found.bsize };
}
