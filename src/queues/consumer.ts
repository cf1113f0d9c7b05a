import type { Job } from 'bullmq';
import { UnrecoverableError, Worker } from 'bullmq';
import { Failure, isFailure } from '../foundation/failure.ts';
import type { Log } from '../foundation/log.ts';
import type { Link } from './connection.ts';
import { workerLink } from './connection.ts';
import type { JobOf, QueueName } from './definitions.ts';
import { heartbeat, ticks } from './definitions.ts';
import { errorPlace, errorWord } from './error-word.ts';
import type { QueueObjects } from './queue-objects.ts';
import { clearAway, setUpTicks } from './ticks.ts';
import type { Tuning } from './tuning.ts';
import type { ConsumeOptions, Consumer, Handler } from './types.ts';
import { within } from './within.ts';

type Parts = { link: Link; queues: QueueObjects; tuning: Tuning; log: Log };

export function makeConsumer<Q extends QueueName>(
  name: Q,
  handler: Handler<Q>,
  options: ConsumeOptions,
  { link, queues, tuning, log }: Parts,
): Consumer {
  let closing: Promise<void> | undefined;
  let answeredAt = performance.now();
  let heardAt = performance.now();
  let heartAt = performance.now();
  let firstAnswer = () => {};
  const ready = new Promise<void>((resolve) => {
    firstAnswer = resolve;
  });

  const take = async (job: Job): Promise<'done' | undefined> => {
    heardAt = performance.now();
    if (job.name === heartbeat.name) return undefined;
    try {
      return await handler(readJob(name, job));
    } catch (error) {
      throw forBullmq(error, job.id ?? '');
    }
  };

  /** BullMQ keeps message and stack of what it is thrown: it gets the code alone. */
  function forBullmq(error: unknown, id: string): Error {
    const word = errorWord(error);
    const known = isFailure(error);
    const fields = { queue: name, job: id, error: word, at: known ? undefined : errorPlace(error) };
    if (known) log.warn(fields, 'job failed');
    else log.error(fields, 'job ended in a surprise');
    if (!known) options.onSurprise?.(error);
    const told = known && error.remedy !== 'retry' ? new UnrecoverableError(word) : new Error(word);
    told.stack = `${told.name}: ${word}`;
    return told;
  }

  const watched = workerLink(link, tuning, {
    answered: () => {
      answeredAt = performance.now();
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
  worker.on('error', (error) => log.warn({ queue: name, error: errorWord(error) }, 'worker link'));
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
    await within(tuning.linkTimeout, look(), () => {}).catch((error) =>
      log.warn({ queue: name, error: errorWord(error) }, 'ticks could not be looked after'),
    );
  }

  /**
   * A heartbeat goes to one of all workers of the queue, so a worker without one is silent only if it has stopped
   * asking too, or if no heartbeat rings anywhere.
   */
  function listen(): void {
    const now = performance.now();
    if (now - heardAt < tuning.silence) return;
    if (now - answeredAt < tuning.silence / 3 && now - heartAt < tuning.silence) return;
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
      const ended = worker.close().then(
        () => true,
        () => true,
      );
      const clean = await within(tuning.closeWithin, ended, () => false);
      if (!clean) log.warn({ queue: name }, 'a job in hand did not finish in time');
    })();
    return closing;
  };
  if (options.signal?.aborted) void close();
  else options.signal?.addEventListener('abort', () => void close(), { once: true });
  return { ready, close };
}

/** BullMQ's record as the handler's union. What does not fit was put there by somebody else and is never retried. */
function readJob<Q extends QueueName>(queue: Q, job: Job): JobOf[Q] {
  const { name } = job;
  const data = job.data as Record<string, unknown>;
  const fence = data.fence;
  if (name in ticks[queue]) return { kind: 'tick', tick: name } as JobOf[Q];
  if (queue === 'intake' && name === 'mail' && typeof data.mail === 'string' && typeof fence === 'string')
    return { kind: 'mail', mail: data.mail, fence } as JobOf[Q];
  if (queue === 'outbound' && name === 'letter' && typeof data.letter === 'string' && typeof fence === 'string')
    return { kind: 'letter', letter: data.letter, fence } as JobOf[Q];
  throw new Failure('bad-input', 'a job of no known shape');
}
