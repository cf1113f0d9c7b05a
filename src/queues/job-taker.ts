/** What a worker does with a job of BullMQ: its parts are handed to the handler, and what failed goes on alone or stops. */
import type { Job } from 'bullmq';
import { UnrecoverableError } from 'bullmq';
import { Failure, isFailure } from '../foundation/failure.ts';
import type { Log } from '../foundation/log.ts';
import type { JobOf, LetterJob, MailJob, QueueName, WorkQueue } from './definitions.ts';
import { heartbeat, ticks, workKinds } from './definitions.ts';
import { rowsOf, single, type WorkRow } from './packs.ts';
import { errorPlace, errorWord } from './server/error-word.ts';
import type { QueueObjects } from './server/queue-objects.ts';
import type { slots } from './slots.ts';
import type { Tuning } from './tuning.ts';
import type { ConsumeOptions, Handler } from './types.ts';
import { withTimeout } from './with-timeout.ts';

type Parts = {
  readonly places: Pick<ReturnType<typeof slots>, 'take'>;
  /** What `places` fails with once the worker closes. */
  readonly leaving: Failure;
  readonly queues: QueueObjects;
  readonly tuning: Tuning;
  readonly log: Log;
  readonly onSurprise: ConsumeOptions['onSurprise'];
};

export function jobTaker<Q extends QueueName>(
  name: Q,
  handler: Handler<Q>,
  { places, leaving, queues, tuning, log, onSurprise }: Parts,
): (job: Job) => Promise<'done' | undefined> {
  async function take(job: Job): Promise<'done' | undefined> {
    if (job.name === heartbeat.name) return undefined;
    let parts: JobOf[Q][];
    try {
      parts = readJob(name, job);
    } catch (error) {
      throw forBullmq(error, job.id ?? '');
    }
    const ended = await Promise.allSettled(parts.map((part) => places.take(() => handler(part))));
    const failed = ended.flatMap((end, i) => {
      if (end.status === 'fulfilled') return [];
      const part = parts[i] as JobOf[Q];
      return [{ part, told: forBullmq(end.reason, parts.length > 1 ? rowIn(part) : (job.id ?? '')) }];
    });
    const [first] = failed;
    if (!first) return 'done';
    if (parts.length === 1) throw first.told;
    const again = failed.filter(({ told }) => !(told instanceof UnrecoverableError));
    await goOnAlone(again.map(({ part }) => part));
    const stopped = failed.find(({ told }) => told instanceof UnrecoverableError);
    if (stopped) throw stopped.told;
    return 'done';
  }

  /** Where the queue does not take them the pack comes again as it is. */
  async function goOnAlone(parts: readonly JobOf[Q][]): Promise<void> {
    const rows = parts.flatMap((part) => (part.kind === 'tick' ? [] : [workOf(part)]));
    if (rows.length === 0 || name === 'upkeep') return;
    const alone = rows.map((row) => single(name, row, tuning));
    const later = alone.map((one) => ({ ...one, opts: { ...one.opts, delay: tuning.retryBackoff } }));
    const away = (): never => {
      throw new Failure('queue-away', `the queue ${name} does not answer`);
    };
    const added = queues
      .get(name)
      .addBulk(later)
      .then(() => {}, away);
    await withTimeout(tuning.producerTimeout, added, away).catch((error: unknown) => {
      throw forBullmq(error, rows.map(({ row }) => row).join());
    });
  }

  /** BullMQ keeps message and stack of what it is thrown: it gets the code alone. */
  function forBullmq(error: unknown, id: string): Error {
    const word = errorWord(error);
    const known = isFailure(error);
    const fields = { queue: name, job: id, error: word, at: known ? undefined : errorPlace(error) };
    if (error === leaving) log.debug(fields, 'left to another worker');
    else if (known) log.warn(fields, 'job failed');
    else log.error(fields, 'job ended in a surprise');
    if (!known) onSurprise?.(error);
    const told = known && error.remedy !== 'retry' ? new UnrecoverableError(word) : new Error(word);
    told.stack = `${told.name}: ${word}`;
    return told;
  }

  return take;
}

const workOf = (part: MailJob | LetterJob): WorkRow => ({
  row: part.kind === 'mail' ? part.mail : part.letter,
  fence: part.fence,
});

const rowIn = (part: MailJob | LetterJob | { kind: 'tick' }): string =>
  part.kind === 'tick' ? part.kind : workOf(part).row;

/** BullMQ's record as the handler's union: one, or those of a pack. What does not fit is never retried. */
function readJob<Q extends QueueName>(queue: Q, job: Job): JobOf[Q][] {
  const { name } = job;
  if (name in ticks[queue]) return [{ kind: 'tick', tick: name } as JobOf[Q]];
  if (queue === 'upkeep') throw new Failure('bad-input', 'a job of no known shape');
  const kind = workKinds[queue as WorkQueue];
  return rowsOf(queue as WorkQueue, name, job.data).map(({ row, fence }) => ({ kind, [kind]: row, fence }) as JobOf[Q]);
}
