/**
 * The only caller of the producer (ARCHITECTURE "One outbox"). It is woken after each commit and by the sweeper; while the
 * queue is away the rows stay where they are and the relay asks again by itself.
 */

import { crashPoint } from '../../foundation/crash-point.ts';
import { isFailure } from '../../foundation/failure.ts';
import type { Log } from '../../foundation/log.ts';
import type { Meter } from '../../foundation/meter.ts';
import type { Producer } from '../../queues/types.ts';
import type { Database } from '../../store/database.ts';
import { drainOutbox, withMails } from '../../store/outbox.ts';

export type Relay = {
  /** Returns at once; however often it is woken while it works, that is one more round. */
  wake(): void;
  /** Resolves when everything it was woken for so far has been handed on, or the queue was away. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

const batch = 500;
const askAgainMs = 2_000;

type RelayDeps = {
  database: Database;
  producer: Producer;
  log: Log;
  meter: Meter;
  /** Mails are traced: each job is handed on with the mail that it follows from. */
  traced?: boolean;
};

export function openRelay(deps: RelayDeps): Relay {
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;

  async function round(): Promise<void> {
    do {
      again = false;
      try {
        let sent: number;
        do {
          sent = await drainOutbox(deps.database, batch, async (rows) => {
            crashPoint('before enqueue');
            await deps.producer.addMany(deps.traced ? await withMails(deps.database, rows) : rows);
            crashPoint('after enqueue');
          });
        } while (sent === batch && !closed);
      } catch (error) {
        deps.meter.count('postern_relay_failures_total');
        const known = isFailure(error);
        deps.log[known ? 'warn' : 'error'](
          { error: String(error), code: known ? error.code : undefined },
          'the outbox could not be relayed; it is tried again',
        );
        if (!closed && !timer) {
          timer = setTimeout(() => {
            timer = null;
            wake();
          }, askAgainMs);
          timer.unref();
        }
        return;
      }
    } while (again && !closed);
  }

  function wake(): void {
    if (closed) return;
    again = true;
    running ??= round().finally(() => {
      running = null;
    });
  }

  return {
    wake,
    idle: async () => {
      await running;
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
