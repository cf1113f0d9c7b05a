import { Queue, type Telemetry } from 'bullmq';
import type { QueueName } from '../definitions.ts';
import { withTimeout } from '../with-timeout.ts';
import type { Link } from './connection.ts';
import { errorWord } from './error-word.ts';
import type { LinkLog } from './link-log.ts';

/** BullMQ's queue objects over one link, made when first asked for. */
export type QueueObjects = {
  get(name: QueueName): Queue;
  /** Throws an object away whose link is in doubt; the next `get` makes a new one. */
  drop(name: QueueName): void;
  close(): Promise<void>;
};

export function queueObjects(link: Link, log: LinkLog, telemetry?: Telemetry): QueueObjects {
  const open = new Map<QueueName, Queue>();
  const end = (queue: Queue) =>
    withTimeout(
      2_000,
      queue.close().catch(() => {}),
      () => {},
    );
  return {
    get(name) {
      const known = open.get(name);
      if (known) return known;
      const options = {
        connection: link.connection,
        ...(link.prefix === undefined ? {} : { prefix: link.prefix }),
        ...(telemetry && { telemetry }),
      };
      const queue = new Queue(name, options, link.factory) as unknown as Queue;
      queue.on('error', (error) => {
        // Of one that is being closed, or was given up, nobody needs to hear.
        if (open.get(name) === queue) log.failed({ queue: name, error: errorWord(error) }, 'the queues do not answer');
      });
      open.set(name, queue);
      return queue;
    },
    drop(name) {
      const queue = open.get(name);
      open.delete(name);
      if (queue) void end(queue);
    },
    async close() {
      const all = [...open.values()];
      open.clear();
      await Promise.all(all.map(end));
    },
  };
}
