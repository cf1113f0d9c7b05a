import { Failure, isFailure } from '../foundation/failure.ts';
import type { WorkQueue } from './definitions.ts';
import { recordsOf, type WorkRow } from './packs.ts';
import { errorWord } from './server/error-word.ts';
import type { QueueObjects } from './server/queue-objects.ts';
import type { Tuning } from './tuning.ts';
import type { NewJob, Producer, Traced } from './types.ts';
import { withTimeout } from './with-timeout.ts';

const batch = 500;

export function makeProducer(queues: QueueObjects, tuning: Tuning, traced?: Traced): Producer {
  async function add(name: WorkQueue, rows: readonly WorkRow[]): Promise<void> {
    const queue = queues.get(name);
    const jobs = recordsOf(name, rows, tuning, traced);
    const [only] = jobs;
    if (only && jobs.length === 1) {
      const put = () => queue.add(only.name, only.data, only.opts);
      const mail = rows.length === 1 ? (rows[0]?.mail ?? null) : null;
      await (!traced ? put() : mail === null ? traced.ofNone(put) : traced.ofMail(mail, put));
      return;
    }
    for (let i = 0; i < jobs.length; i += batch) {
      const put = () => queue.addBulk(jobs.slice(i, i + batch));
      await (traced ? traced.ofNone(put) : put());
    }
  }

  return {
    async addMany(jobs) {
      const byQueue = new Map<WorkQueue, NewJob[]>();
      for (const job of jobs) {
        const list = byQueue.get(job.queue) ?? [];
        list.push(job);
        byQueue.set(job.queue, list);
      }
      const away = (name: WorkQueue, cause?: unknown) => {
        queues.drop(name);
        return new Failure('queue-away', `the queue ${name} does not answer (${errorWord(cause)})`, { cause });
      };
      await Promise.all(
        [...byQueue].map(async ([name, list]) => {
          try {
            await withTimeout(tuning.producerTimeout, add(name, list), () => {
              throw away(name, new Failure('queue-away', 'no answer in time'));
            });
          } catch (error) {
            throw isFailure(error) ? error : away(name, error);
          }
        }),
      );
    },
  };
}
