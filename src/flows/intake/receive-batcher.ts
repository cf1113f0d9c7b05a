/**
 * Many sessions deliver at once, one transaction takes them all: what comes while a transaction runs waits for the next
 * (one fsync for many mails, MAIL.md §1). Resolves after the commit and not before (RELIABILITY I1).
 */
import { Failure } from '../../foundation/failure.ts';
import type { Incoming, Received, ReceiveMail } from './receive-mail.ts';

type Waiting = { mail: Incoming; done: (received: Received) => void; failed: (error: unknown) => void };

/** Rejects as `receive` does, for every mail of the batch; with `database-away` at once when `mostBytes` are waiting already. */
export function receiveBatcher(
  receive: ReceiveMail,
  { most = 100, batchBytes = 4 * 2 ** 20, mostBytes = 256 * 2 ** 20 } = {},
): (mail: Incoming) => Promise<Received> {
  const queue: Waiting[] = [];
  let bytes = 0;
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (queue.length > 0) {
      let size = 0;
      let count = 0;
      for (const { mail } of queue) {
        if (count > 0 && (count >= most || size + mail.raw.length > batchBytes)) break;
        size += mail.raw.length;
        count++;
      }
      const batch = queue.splice(0, count);
      try {
        const received = await receive(batch.map(({ mail }) => mail));
        batch.forEach((one, i) => {
          const answer = received[i];
          if (answer) one.done(answer);
          else one.failed(new Error('a batch was answered with too few results'));
        });
      } catch (error) {
        for (const one of batch) one.failed(error);
      }
      bytes -= size;
    }
    running = false;
  }

  return (mail) =>
    new Promise((done, failed) => {
      if (bytes > 0 && bytes + mail.raw.length > mostBytes) {
        failed(new Failure('database-away', 'more mail is waiting than may be held in memory'));
        return;
      }
      bytes += mail.raw.length;
      queue.push({ mail, done, failed });
      if (!running) void run();
    });
}
