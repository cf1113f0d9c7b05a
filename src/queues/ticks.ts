import type { Queue } from 'bullmq';
import type { QueueName } from './definitions.ts';
import { heartbeat, ticks } from './definitions.ts';

/** Every tick of a queue, its heartbeat too: name to milliseconds. */
const ticksOf = (queue: QueueName): Record<string, number> => ({
  ...ticks[queue],
  [heartbeat.name]: heartbeat.every,
});

/** Finished ticks are of no interest; a few stay so that the board shows that they come. */
const tickOptions = { removeOnComplete: { count: 5 }, removeOnFail: { count: 20 } };

type SetTick = { next: number | undefined; every: number };

/**
 * Whether a scheduler has to be set up: it is missing, ticks at another pace, or its next tick lies so far off that it
 * will not come by itself (a lost job, or a clock that was set back). Times in milliseconds since 1970.
 */
export function isOutOfStep(known: SetTick | undefined, every: number, now: number): boolean {
  if (!known || known.every !== every || known.next === undefined) return true;
  return known.next < now - 2 * every || known.next > now + 2 * every;
}

/**
 * The next full second. BullMQ on PostgreSQL does not lock a scheduler that is not there yet: two processes that set it
 * up at once would tick twice if each began at its own millisecond, while a tick of the same time is the same job.
 */
const firstTick = (now: number): number => (Math.floor(now / 1_000) + 1) * 1_000;

/**
 * Sets up what is missing or out of step and leaves the rest, so that any number of processes may do it at any time: a
 * scheduler is known by its name, and setting it up twice makes one. Returns the names it mended.
 */
export async function setUpTicks(queue: Queue, name: QueueName, now: number): Promise<string[]> {
  const mended: string[] = [];
  for (const [tick, every] of Object.entries(ticksOf(name))) {
    const known = await queue.getJobScheduler(tick);
    const setUp = known && { next: known.next ?? undefined, every: Number(known.every) };
    if (!isOutOfStep(setUp, every, now)) continue;
    if (setUp?.next !== undefined && setUp.next > now + 2 * every) await queue.removeJobScheduler(tick);
    const startDate = firstTick(now);
    await queue.upsertJobScheduler(tick, { every, startDate }, { name: tick, opts: tickOptions });
    mended.push(tick);
  }
  return mended;
}

const sweepings = 5_000;

/** Clears away what was completed longer ago than `keep` milliseconds, and all but the last events. */
export async function clearAway(queue: Queue, keep: number): Promise<void> {
  while ((await queue.clean(keep, sweepings, 'completed')).length === sweepings);
  // Its events are no stream on PostgreSQL and need no trimming there: BullMQ says "not implemented yet".
  await queue.trimEvents(1_000).catch((error: unknown) => {
    if (!String(error).includes('not implemented')) throw error;
  });
}
