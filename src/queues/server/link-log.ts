/** An unreachable queue server is logged once and then once a minute, not at every attempt of every worker. */
import type { Log } from '../../foundation/log.ts';

const againMs = 60_000;

export type LinkLog = {
  /** Of the link, or of something that could not be done without it. */
  failed(fields: Record<string, unknown>, message: string): void;
  answered(): void;
  /** From here on it is our doing that nothing answers. */
  close(): void;
};

export function linkLog(log: Log, now: () => number = () => performance.now()): LinkLog {
  let since: number | null = null;
  let toldAt = 0;
  let times = 0;
  let closed = false;
  return {
    failed(fields, message) {
      if (closed) return;
      times += 1;
      if (since !== null && now() - toldAt < againMs) return;
      const seconds = since === null ? 0 : Math.round((now() - since) / 1_000);
      since ??= now();
      toldAt = now();
      log.warn(seconds === 0 ? fields : { ...fields, times, seconds }, message);
    },
    answered() {
      if (since === null) return;
      log.info({ seconds: Math.round((now() - since) / 1_000), times }, 'the queues answer again');
      since = null;
      times = 0;
    },
    close() {
      closed = true;
    },
  };
}
