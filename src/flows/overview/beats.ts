/** Says every 15 s that this process is here and what it does, so that others see who works. */
import type { Log } from '../../foundation/log.ts';
import type { Database } from '../../store/database.ts';
import { beat, leave, type WorkerHere } from '../../store/overview/workers.ts';

const everyMs = 15_000;

export function keepBeating(
  { database, log }: { readonly database: Database; readonly log: Log },
  here: WorkerHere,
): { close(): Promise<void> } {
  let last: Promise<void> = Promise.resolve();
  const tell = () => {
    last = beat(database, here).catch((error: unknown) =>
      log.debug({ error: String(error) }, 'not told that it is here'),
    );
  };
  tell();
  const timer = setInterval(tell, everyMs);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await last;
      await leave(database, here.id).catch(() => {});
    },
  };
}
