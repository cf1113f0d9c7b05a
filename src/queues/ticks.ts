import type { Queue } from 'bullmq';
import type { QueueName } from './definitions.ts';
import { heartbeat, ticks } from './definitions.ts';

/** Everything that rings in a queue, its heartbeat too: name to milliseconds. */
export const ringsOf = (queue: QueueName): Record<string, number> => ({
  ...ticks[queue],
  [heartbeat.name]: heartbeat.every,
});

/** Finished rings are of no interest; a few stay so that the board shows that it rings. */
const tickOptions = { removeOnComplete: { count: 5 }, removeOnFail: { count: 20 } };

export type Ring = { next: number | undefined; every: number };

/**
 * Whether a scheduler has to be set up: it is missing, rings at another pace, or its next ring lies so far off that it
 * will not come by itself (a lost job, or a clock that was set back). Times in milliseconds since 1970.
 */
export function isAstray(known: Ring | undefined, every: number, now: number): boolean {
  if (!known || known.every !== every || known.next === undefined) return true;
  return known.next < now - 2 * every || known.next > now + 2 * every;
}

/**
 * The next full second. BullMQ on PostgreSQL does not lock a scheduler that is not there yet: two processes that set it
 * up at once would ring twice if each began at its own millisecond, while a ring of the same time is the same job.
 */
export const firstRing = (now: number): number => (Math.floor(now / 1_000) + 1) * 1_000;

/**
 * Sets up what is missing or astray and leaves the rest, so that any number of processes may do it at any time: a
 * scheduler is known by its name, and setting it up twice makes one. Returns the names it mended.
 */
export async function setUpTicks(queue: Queue, name: QueueName, now: number): Promise<string[]> {
  const mended: string[] = [];
  for (const [tick, every] of Object.entries(ringsOf(name))) {
    const known = await queue.getJobScheduler(tick);
    const ring = known && { next: known.next ?? undefined, every: Number(known.every) };
    if (!isAstray(ring, every, now)) continue;
    if (ring?.next !== undefined && ring.next > now + 2 * every) await queue.removeJobScheduler(tick);
    const startDate = firstRing(now);
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
