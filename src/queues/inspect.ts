/** What a person sees of the queues, and what may be done to one as a whole. Jobs are pointers to rows: nothing is lost with them. */
import type { Job, JobType, Queue } from 'bullmq';
import { Failure, isFailure } from '../foundation/failure.ts';
import type { QueueSeen } from '../upkeep/overview/look.ts';
import { type QueueName, queueNames, ticks } from './definitions.ts';
import { rowsOf } from './packs.ts';
import type { FailedJobs, QueueInspector } from './types.ts';
import { withTimeout } from './with-timeout.ts';

/** So many of the jobs that failed last are looked at. */
const mostFailed = 500;
const mostRows = 1_000;

/** On Redis jobs of a paused queue stand where they stood, on PostgreSQL in this state, which BullMQ leaves out of its types. */
const inPause = 'paused' as JobType;
const countedStates: readonly JobType[] = ['waiting', 'prioritized', inPause, 'active', 'failed', 'delayed'];

/** What waits, in the order in which it is thrown away; so many in one question, each of which is done whole. */
const thrownStates = ['wait', 'prioritized', 'paused'] as const;
const thrownAtOnce = 1_000;
/** Clocks of other machines go ahead of this one. */
const aheadMs = 3_600_000;

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

export async function standing(name: QueueName, queue: Queue): Promise<QueueSeen> {
  const [got, paused, ofWaiting, ofPaused] = await Promise.all([
    queue.getJobCounts(...countedStates),
    queue.isPaused(),
    queue.getJobs(['waiting'], 0, 0, true),
    queue.getJobs([inPause], 0, 0, true),
  ]);
  const of = (state: string) => got[state] ?? 0;
  return {
    queue: name,
    waiting: of('waiting') + of('prioritized') + of('paused'),
    active: of('active'),
    delayed: of('delayed'),
    failed: of('failed'),
    paused,
    oldest: iso([...ofWaiting, ...ofPaused][0]?.timestamp),
  };
}

const rowsBehind = (name: QueueName, job: Job): string[] => {
  if (name === 'upkeep' || job.name in ticks[name]) return [];
  try {
    return rowsOf(name, job.name, job.data).map(({ row }) => row);
  } catch {
    return [];
  }
};

/** By what they failed with, the newest first. */
async function failures(name: QueueName, queue: Queue): Promise<FailedJobs[]> {
  const jobs = (await queue.getJobs(['failed'], 0, mostFailed - 1, false)).filter(Boolean);
  const causes = Map.groupBy(jobs, (job) => (job.failedReason ?? '').split('\n', 1)[0]?.slice(0, 200) || 'unknown');
  return [...causes]
    .map(([cause, some]): FailedJobs => {
      const ends = some.map((job) => job.finishedOn ?? job.timestamp);
      const rows = [...new Set(some.flatMap((job) => rowsBehind(name, job)))];
      return {
        cause,
        jobs: some.length,
        last: new Date(Math.max(...ends)).toISOString(),
        rows: rows.slice(0, mostRows),
        ticks: [...new Set(some.map((job) => job.name).filter((tick) => tick in ticks[name]))],
      };
    })
    .toSorted((a, b) => Date.parse(b.last) - Date.parse(a.last));
}

/** `queueOf` is asked each time: an object whose link broke is thrown away and made anew. Everything fails with `queue-away` within `limitMs`. */
export function queueInspector(queueOf: (name: QueueName) => Queue, limitMs: number): QueueInspector {
  async function soon<T>(work: Promise<T>, withinMs = limitMs): Promise<T> {
    try {
      return await withTimeout(withinMs, work, () => {
        throw new Failure('queue-away', 'no answer in time');
      });
    } catch (error) {
      throw new Failure('queue-away', 'the queues do not answer', { cause: error });
    }
  }
  return {
    look: () => soon(Promise.all(queueNames.map((name) => standing(name, queueOf(name))))),
    failures: (name) => soon(failures(name, queueOf(name))),
    pause: (name) => soon(queueOf(name).pause()),
    resume: (name) => soon(queueOf(name).resume()),
    async empty(name) {
      const queue = queueOf(name);
      const end = performance.now() + limitMs;
      const left = () => Math.max(1, end - performance.now());
      let thrown = 0;
      // Where it does not answer at all, nothing has been done.
      await soon(queue.getJobCounts('waiting'));
      try {
        // Delayed jobs stay, and the ticks with them: what was put off comes back as it is due.
        for (const state of thrownStates)
          for (let some = 1; some > 0 && end - performance.now() > limitMs / 4; thrown += some)
            some = (await soon(queue.clean(-aheadMs, thrownAtOnce, state), left())).length;
        return { thrown, left: (await soon(standing(name, queue), left())).waiting };
      } catch (error) {
        if (!isFailure(error, 'queue-away')) throw error;
        return { thrown, left: null };
      }
    },
  };
}
