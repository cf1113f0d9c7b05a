import type { Job } from 'bullmq';
import { UnrecoverableError, Worker } from 'bullmq';
import { Failure, isFailure } from '../foundation/failure.ts';
import type { Log } from '../foundation/log.ts';
import type { JobOf, LetterJob, MailJob, QueueName, WorkQueue } from './definitions.ts';
import { heartbeat, ticks, workKinds } from './definitions.ts';
import { rowsOf, single, type WorkRow } from './packs.ts';
import type { Link } from './server/connection.ts';
import { workerLink } from './server/connection.ts';
import { errorPlace, errorWord } from './server/error-word.ts';
import type { LinkLog } from './server/link-log.ts';
import type { QueueObjects } from './server/queue-objects.ts';
import { slots } from './slots.ts';
import { clearAway, setUpTicks } from './ticks.ts';
import type { Tuning } from './tuning.ts';
import type { ConsumeOptions, Consumer, Handler } from './types.ts';
import { withTimeout } from './with-timeout.ts';

type Parts = { link: Link; queues: QueueObjects; tuning: Tuning; log: Log; links: LinkLog };

export function makeConsumer<Q extends QueueName>(
  name: Q,
  handler: Handler<Q>,
  options: ConsumeOptions,
  { link, queues, tuning, log, links }: Parts,
): Consumer {
  let closing: Promise<void> | undefined;
  let answeredAt = performance.now();
  let heardAt = performance.now();
  let heartAt = performance.now();
  let firstAnswer = () => {};
  const ready = new Promise<void>((resolve) => {
    firstAnswer = resolve;
  });

  const places = slots(options.concurrency);
  const leaving = new Failure('queue-away', 'the worker is closing');

  const take = async (job: Job): Promise<'done' | undefined> => {
    heardAt = performance.now();
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
  };

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
    if (!known) options.onSurprise?.(error);
    const told = known && error.remedy !== 'retry' ? new UnrecoverableError(word) : new Error(word);
    told.stack = `${told.name}: ${word}`;
    return told;
  }

  const watched = workerLink(link, tuning, {
    answered: () => {
      answeredAt = performance.now();
      links.answered();
      firstAnswer();
    },
    closing: () => closing !== undefined,
  });
  const worker = new Worker(
    name,
    take,
    {
      connection: watched.connection,
      ...(watched.prefix === undefined ? {} : { prefix: watched.prefix }),
      concurrency: options.concurrency,
      lockDuration: tuning.lockDuration,
      stalledInterval: tuning.stalledInterval,
      maxStalledCount: 3,
      drainDelay: tuning.longestWait / 1_000,
      runRetryDelay: tuning.pauseAfterError,
    },
    watched.factory,
  );
  worker.on('error', (error) => links.failed({ queue: name, error: errorWord(error) }, 'the queues do not answer'));
  worker.on('stalled', (job) => log.warn({ queue: name, job }, 'a job was left by its worker'));

  /** A queue that was lost whole has lost its schedulers too, and nobody else would bring them back. */
  async function tendTicks(): Promise<void> {
    const queue = queues.get(name);
    const setUp = async () => {
      const mended = await setUpTicks(queue, name, Date.now());
      if (mended.length > 0) log.info({ queue: name, ticks: mended }, 'ticks set up');
      const heart = await queue.getJobScheduler(heartbeat.name);
      if (heart?.next && heart.next > Date.now() - heartbeat.every) heartAt = performance.now();
    };
    // Clearing away comes first: in a full Redis nothing can be set up before something is gone.
    const look = () => clearAway(queue, tuning.keepCompleted).finally(setUp);
    await withTimeout(tuning.linkTimeout, look(), () => {}).catch((error) =>
      links.failed({ queue: name, error: errorWord(error) }, 'ticks could not be looked after'),
    );
  }

  function listen(): void {
    const now = performance.now();
    if (!isSilent({ heard: now - heardAt, answered: now - answeredAt, heart: now - heartAt }, tuning.silence)) return;
    clearInterval(listening);
    log.error({ queue: name, seconds: Math.round((now - heardAt) / 1_000) }, 'nothing comes from the queue');
    options.onSilence();
  }

  void tendTicks();
  const tending = setInterval(() => void tendTicks(), tuning.scheduleCheck);
  const listening = setInterval(listen, Math.min(5_000, tuning.silence / 3));
  listening.unref();

  const close = () => {
    closing ??= (async () => {
      clearInterval(tending);
      clearInterval(listening);
      firstAnswer();
      // What has not begun is left to others: it comes again.
      places.close(() => leaving);
      const ended = worker.close().then(
        () => true,
        () => true,
      );
      const clean = await withTimeout(tuning.closeWithin, ended, () => false);
      if (!clean) log.warn({ queue: name }, 'a job in hand did not finish in time');
    })();
    return closing;
  };
  if (options.signal?.aborted) void close();
  else options.signal?.addEventListener('abort', () => void close(), { once: true });
  return { ready, close };
}

/**
 * Milliseconds since a job came, since the queue answered anything, and since a heartbeat was due somewhere. A heartbeat goes to one of all
 * workers of the queue, so a worker without one is silent only if it has stopped asking too, or if no heartbeat comes anywhere.
 */
export const isSilent = (since: { heard: number; answered: number; heart: number }, silence: number): boolean =>
  since.heard >= silence && (since.answered >= silence / 3 || since.heart >= silence);

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
