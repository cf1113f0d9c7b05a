/**
 * What is added at once travels in packs: a job costs a queue in PostgreSQL more than the decision it carries, and Redis half
 * of one. A pack is handled row by row, side by side; a row that fails goes on as a job of its own, so that nothing is done
 * again for its neighbours. What a killed worker left of a pack comes again whole, and claims see to it that it is done once.
 */
import { createHash } from 'node:crypto';
import type { JobsOptions } from 'bullmq';
import { Failure } from '../foundation/failure.ts';
import { type WorkQueue, workKinds } from './definitions.ts';
import { jobId } from './job-id.ts';
import type { Tuning } from './tuning.ts';
import type { NewJob, Traced } from './types.ts';

/** Fewer stay jobs of their own: at rest each is seen by itself on the board, and several workers share them. */
const fewest = 6;
const most = 8;

export type WorkRow = Omit<NewJob, 'queue'>;
export type JobRecord = { name: string; data: object; opts: JobsOptions };

/**
 * Due times are rows; these tries only bridge a short fault. Completed jobs are cleared away in bulk (ticks.ts): a limit
 * here makes BullMQ on PostgreSQL count them with every job, at more than half of its rate.
 */
const optionsOf = (id: string, tuning: Tuning): JobsOptions => ({
  jobId: id,
  attempts: 3,
  backoff: { type: 'exponential', delay: tuning.retryBackoff },
  removeOnComplete: false,
  removeOnFail: { age: 7 * 86_400, count: 5_000 },
});

/** A job for one row; `traced`: it goes on with the trace of its mail. Of a pack each row does so where it is handled. */
export function single(
  queue: WorkQueue,
  { row, fence, mail }: WorkRow,
  tuning: Tuning,
  traced?: Pick<Traced, 'metadataOf'>,
): JobRecord {
  const kind = workKinds[queue];
  const opts = optionsOf(jobId(queue, row, fence), tuning);
  const telemetry = traced && mail ? { telemetry: { metadata: traced.metadataOf(mail) } } : {};
  return { name: kind, data: { [kind]: row, fence }, opts: { ...opts, ...telemetry } };
}

/** The id is drawn from all that is in it: another pack that begins with the same row is another job. */
function pack(queue: WorkQueue, rows: readonly WorkRow[], tuning: Tuning): JobRecord {
  const ids = rows.map(({ row, fence }) => jobId(queue, row, fence));
  const name = `${workKinds[queue]}s`;
  const id = `${name}-${createHash('sha256').update(ids.join()).digest('hex').slice(0, 32)}`;
  return { name, data: { rows: rows.map(({ row, fence }) => [row, fence]) }, opts: optionsOf(id, tuning) };
}

export function recordsOf(
  queue: WorkQueue,
  rows: readonly WorkRow[],
  tuning: Tuning,
  traced?: Pick<Traced, 'metadataOf'>,
): JobRecord[] {
  if (rows.length < fewest) return rows.map((row) => single(queue, row, tuning, traced));
  const packs = Math.ceil(rows.length / most);
  const size = Math.ceil(rows.length / packs);
  return Array.from({ length: packs }, (_, i) => pack(queue, rows.slice(i * size, (i + 1) * size), tuning));
}

/** The rows of a job, of one as of a pack. What does not fit was put there by somebody else: `bad-input`. */
export function rowsOf(queue: WorkQueue, name: string, data: { readonly [key: string]: unknown }): WorkRow[] {
  const kind = workKinds[queue];
  const given = name === kind ? [[data[kind], data.fence]] : name === `${kind}s` ? data.rows : null;
  if (!Array.isArray(given) || given.length === 0) throw new Failure('bad-input', 'a job of no known shape');
  return given.map((one: unknown) => {
    const [row, fence] = Array.isArray(one) ? one : [];
    if (typeof row === 'string' && typeof fence === 'string') return { row, fence };
    throw new Failure('bad-input', 'a job of no known shape');
  });
}
