/** Queues as our people see and turn them: paused, resumed and emptied as a whole, with who, when and why. */
import { actorOf, type By } from '../../changes/by.ts';
import { Failure } from '../../foundation/failure.ts';
import { type QueueName, queueNames } from '../../queues/definitions.ts';
import type { FailedJobs, QueueBackend } from '../../queues/types.ts';
import type { Database } from '../../store/database.ts';
import {
  pausedQueues,
  writeQueueEmptied,
  writeQueuePaused,
  writeQueueResumed,
} from '../../store/overview/queue-pauses.ts';
import { type RowsBehind, rowsBehind } from '../../store/overview/rows-behind.ts';

export type { RowsBehind } from '../../store/overview/rows-behind.ts';

type Deps = { readonly database: Database; readonly queues: QueueBackend };

export const isQueue = (name: string): name is QueueName => queueNames.some((one) => one === name);

const named = (name: string): QueueName => {
  if (isQueue(name)) return name;
  throw new Failure('not-found', `There is no queue ${name}; there are ${queueNames.join(', ')}.`);
};

/** With the rows behind them, as they stand now. */
export type FailedCause = FailedJobs & { readonly behind: RowsBehind | null };

/** Fails with `queue-away`, and with `database-away`. */
export async function failedCauses({ database, queues }: Deps, name: string): Promise<FailedCause[]> {
  const queue = named(name);
  const causes = await queues.failures(queue);
  return Promise.all(
    causes.map(async (one) => ({
      ...one,
      behind: queue === 'upkeep' || one.rows.length === 0 ? null : await rowsBehind(database, queue, one.rows),
    })),
  );
}

/** First it stands in the database, so that a queue that is lost meanwhile is paused again by the sweeper. */
export async function pauseQueue({ database, queues }: Deps, name: string, reason: string, by: By): Promise<boolean> {
  const queue = named(name);
  const fresh = await writeQueuePaused(database, queue, reason, actorOf(by));
  await queues.pause(queue);
  return fresh;
}

export async function resumeQueue({ database, queues }: Deps, name: string, by: By): Promise<boolean> {
  const queue = named(name);
  const was = await writeQueueResumed(database, queue, actorOf(by));
  await queues.resume(queue);
  return was;
}

/** How many jobs were thrown away. */
export async function emptyQueue({ database, queues }: Deps, name: string, by: By): Promise<number> {
  const queue = named(name);
  const jobs = await queues.empty(queue);
  await writeQueueEmptied(database, queue, jobs, actorOf(by));
  return jobs;
}

/** What was paused stays so, also in a queue that was lost whole and is there again. */
export async function keepPauses({ database, queues }: Deps): Promise<void> {
  for (const name of await pausedQueues(database)) if (isQueue(name)) await queues.pause(name);
}
