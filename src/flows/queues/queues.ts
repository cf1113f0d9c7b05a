/** Queues as our people see and turn them: paused, resumed and emptied as a whole, with who, when and why. */
import { actorOf, type By } from '../../changes/by.ts';
import { Failure, isFailure } from '../../foundation/failure.ts';
import { type QueueName, queueNames } from '../../queues/definitions.ts';
import type { Emptied, FailedJobs, QueueBackend } from '../../queues/types.ts';
import type { Database } from '../../store/database.ts';
import {
  lockQueuePause,
  pausedQueues,
  writeQueueEmptied,
  writeQueuePaused,
  writeQueueResumed,
} from '../../store/overview/queue-pauses.ts';
import { type RowsBehind, rowsBehind } from '../../store/overview/rows-behind.ts';
import { stopReasonOf } from '../../upkeep/stop-reason.ts';

export type { Emptied } from '../../queues/types.ts';
export type { RowsBehind } from '../../store/overview/rows-behind.ts';

type Deps = { readonly database: Database; readonly queues: QueueBackend };

const isQueue = (name: string): name is QueueName => queueNames.some((one) => one === name);

export const queueNamed = (name: string): QueueName => {
  if (isQueue(name)) return name;
  throw new Failure('not-found', `There is no queue ${name}; there are ${queueNames.join(', ')}.`);
};

/** With the rows behind them, as they stand now. */
export type FailedCause = FailedJobs & { readonly behind: RowsBehind | null };

/** Fails with `queue-away`, and with `database-away`. */
export async function failedCauses({ database, queues }: Deps, name: string): Promise<FailedCause[]> {
  const queue = queueNamed(name);
  const causes = await queues.failures(queue);
  return Promise.all(
    causes.map(async (one) => ({
      ...one,
      behind: queue === 'upkeep' || one.rows.length === 0 ? null : await rowsBehind(database, queue, one.rows),
    })),
  );
}

/** `told`: false where the queue did not answer; what stands in the database is told to it by the clock, again and again. */
export type Switched = { readonly fresh: boolean; readonly told: boolean };

/**
 * The queue as it stands in the database. Of two who turn it at once the later word counts: each has written its own before it comes here,
 * and only one is here at a time.
 */
const follow = ({ database, queues }: Deps, queue: QueueName): Promise<void> =>
  database.transaction(async (tx) => ((await lockQueuePause(tx, queue)) ? queues.pause(queue) : queues.resume(queue)));

async function told(deps: Deps, queue: QueueName): Promise<boolean> {
  try {
    await follow(deps, queue);
    return true;
  } catch (error) {
    if (isFailure(error, 'queue-away') || isFailure(error, 'database-away')) return false;
    throw error;
  }
}

/** First it stands in the database, so that a queue that is lost meanwhile is paused again by the clock. */
export async function pauseQueue(deps: Deps, name: string, typed: string, by: By): Promise<Switched> {
  const queue = queueNamed(name);
  const why = stopReasonOf(typed);
  if ('fault' in why) throw new Failure('bad-input', why.fault);
  const fresh = await writeQueuePaused(deps.database, queue, why.reason, actorOf(by));
  return { fresh, told: await told(deps, queue) };
}

export async function resumeQueue(deps: Deps, name: string, by: By): Promise<Switched> {
  const queue = queueNamed(name);
  const fresh = await writeQueueResumed(deps.database, queue, actorOf(by));
  return { fresh, told: await told(deps, queue) };
}

/** What was thrown away, and what is left: the queue did not end in time, or answers no more (null). */
export async function emptyQueue({ database, queues }: Deps, name: string, by: By): Promise<Emptied> {
  const queue = queueNamed(name);
  const emptied = await queues.empty(queue);
  await writeQueueEmptied(database, queue, emptied.thrown, actorOf(by));
  return emptied;
}

/** What was paused stays so, also in a queue that was lost whole and is there again; and one that goes on is not left standing. */
export async function keepPauses(deps: Deps): Promise<void> {
  const paused = await pausedQueues(deps.database);
  for (const seen of await deps.queues.look())
    if (isQueue(seen.queue) && seen.paused !== paused.includes(seen.queue)) await follow(deps, seen.queue);
}
