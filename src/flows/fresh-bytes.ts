/**
 * The bytes of mails that this process has just stored, until intake asks for them: the same bytes that lie in the database,
 * without the way there and back. Whatever is not here is read from there.
 */
export type FreshBytes = {
  /** Keeps nothing until `wanted` was called: a process without intake would hold them for nobody. */
  put(mail: string, raw: Uint8Array): void;
  /** Null where they are not here; they are let go. */
  take(mail: string): Buffer | null;
  wanted(): void;
};

export function openFreshBytes(mostBytes = 8 * 2 ** 20): FreshBytes {
  const held = new Map<string, Uint8Array>();
  let size = 0;
  let wanted = false;
  const drop = (mail: string, raw: Uint8Array) => {
    held.delete(mail);
    size -= raw.byteLength;
  };
  return {
    put(mail, raw) {
      if (!wanted || held.has(mail)) return;
      held.set(mail, raw);
      size += raw.byteLength;
      for (const [oldest, bytes] of held) {
        if (size <= mostBytes) break;
        drop(oldest, bytes);
      }
    },
    take(mail) {
      const raw = held.get(mail);
      if (!raw) return null;
      drop(mail, raw);
      return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    },
    wanted() {
      wanted = true;
    },
  };
}
