/**
 * A cache of the bytes of mails that this process has just stored, so that intake need not read them from the database. What is not
 * in it is read from there. When it is full, the newest mail is not added: the oldest are needed next. What nobody has read after a
 * while was taken by another process and is dropped.
 */
export type RecentMailBytes = {
  /** Keeps nothing until `wanted` was called: a process without intake would hold them for nobody. */
  put(mail: string, raw: Uint8Array): void;
  /** Null where they are not here; they are let go. */
  take(mail: string): Buffer | null;
  wanted(): void;
};

const staleMs = 10_000;

export function openRecentMailBytes(mostBytes = 4 * 2 ** 20): RecentMailBytes {
  const held = new Map<string, { raw: Uint8Array; since: number }>();
  let size = 0;
  let wanted = false;
  const drop = (mail: string, raw: Uint8Array) => {
    held.delete(mail);
    size -= raw.byteLength;
  };
  return {
    put(mail, raw) {
      if (!wanted || held.has(mail)) return;
      const now = performance.now();
      for (const [oldest, one] of held) {
        if (now - one.since < staleMs) break;
        drop(oldest, one.raw);
      }
      if (size + raw.byteLength > mostBytes) return;
      held.set(mail, { raw, since: now });
      size += raw.byteLength;
    },
    take(mail) {
      const raw = held.get(mail)?.raw;
      if (!raw) return null;
      drop(mail, raw);
      return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    },
    wanted() {
      wanted = true;
    },
  };
}
