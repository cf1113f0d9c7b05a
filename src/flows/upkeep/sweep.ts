/** Every 30 s: what is unfinished and claimed by nobody is queued again (RELIABILITY I5). */
import type { Log } from '../../foundation/log.ts';
import type { Meter } from '../../foundation/meter.ts';
import type { QueueBackend } from '../../queues/types.ts';
import type { Database } from '../../store/database.ts';
import { sweepMails } from '../../store/intake/mails.ts';
import { sweepLetters } from '../../store/letters/delivery-attempts.ts';
import type { Relay } from './relay-outbox.ts';

/** With so many waiting jobs the queue is not lost: what nobody has claimed yet is only waiting its turn. */
const longQueue = 200;

export async function sweep(deps: {
  database: Database;
  relay: Pick<Relay, 'wake'>;
  queues: Pick<QueueBackend, 'counts'>;
  log: Log;
  meter: Meter;
}): Promise<{ mails: number; letters: number }> {
  const counts = await deps.queues.counts().catch(() => null);
  // In a queue that is paused it waits, too: another job would only wait beside it.
  const busy = (queue: 'intake' | 'outbound') =>
    (counts?.[queue].waiting ?? 0) > longQueue || (counts?.[queue].paused ?? 0) > 0;
  const mails = await sweepMails(deps.database, { onlyLeft: busy('intake') });
  const letters = await sweepLetters(deps.database, { onlyLeft: busy('outbound') });
  if (mails + letters > 0) {
    deps.log.info({ mails, letters }, 'brought back what nobody was working on');
    deps.meter.count('postern_swept_total', { kind: 'mail' }, mails);
    deps.meter.count('postern_swept_total', { kind: 'letter' }, letters);
  }
  deps.relay.wake();
  return { mails, letters };
}
