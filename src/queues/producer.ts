import type { JobsOptions } from 'bullmq';
import { Failure, isFailure } from '../foundation/failure.ts';
import type { WorkQueue } from './definitions.ts';
import { workKinds } from './definitions.ts';
import { errorWord } from './error-word.ts';
import { jobId } from './job-id.ts';
import type { QueueObjects } from './queue-objects.ts';
import type { Tuning } from './tuning.ts';
import type { NewJob, Producer } from './types.ts';
import { within } from './within.ts';

const batch = 500;

/**
 * Due times are rows; these tries only bridge a short fault. Completed jobs are cleared away in bulk (ticks.ts): a limit
 * here makes BullMQ on PostgreSQL count them with every job, at more than half of its rate.
 */
const jobOptions = (id: string, tuning: Tuning): JobsOptions => ({
  jobId: id,
  attempts: 3,
  backoff: { type: 'exponential', delay: tuning.retryBackoff },
  removeOnComplete: false,
  removeOnFail: { age: 7 * 86_400, count: 5_000 },
});

export function makeProducer(queues: QueueObjects, tuning: Tuning): Producer {
  const toJob = ({ queue, row, fence }: NewJob) => {
    const kind = workKinds[queue];
    return { name: kind, data: { [kind]: row, fence }, opts: jobOptions(jobId(queue, row, fence), tuning) };
  };

  async function add(name: WorkQueue, jobs: ReturnType<typeof toJob>[]): Promise<void> {
    const queue = queues.get(name);
    const [only] = jobs;
    if (only && jobs.length === 1) {
      await queue.add(only.name, only.data, only.opts);
      return;
    }
    for (let i = 0; i < jobs.length; i += batch) await queue.addBulk(jobs.slice(i, i + batch));
  }

  return {
    async addMany(jobs) {
      const byQueue = new Map<WorkQueue, ReturnType<typeof toJob>[]>();
      for (const job of jobs) {
        const list = byQueue.get(job.queue) ?? [];
        list.push(toJob(job));
        byQueue.set(job.queue, list);
      }
      const away = (name: WorkQueue, cause?: unknown) => {
        queues.drop(name);
        return new Failure('queue-away', `the queue ${name} does not answer (${errorWord(cause)})`, { cause });
      };
      await Promise.all(
        [...byQueue].map(async ([name, list]) => {
          try {
            await within(tuning.producerTimeout, add(name, list), () => {
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
