import { type Telemetry, Worker } from 'bullmq';
import { Failure } from '../foundation/failure.ts';
import type { Log } from '../foundation/log.ts';
import type { QueueName } from './definitions.ts';
import { heartbeat } from './definitions.ts';
import { jobTaker } from './job-taker.ts';
import type { Link } from './server/connection.ts';
import { workerLink } from './server/connection.ts';
import { errorWord } from './server/error-word.ts';
import type { LinkLog } from './server/link-log.ts';
import type { QueueObjects } from './server/queue-objects.ts';
import { slots } from './slots.ts';
import { clearAway, setUpTicks } from './ticks.ts';
import type { Tuning } from './tuning.ts';
import type { ConsumeOptions, Consumer, Handler } from './types.ts';
import { withTimeout } from './with-timeout.ts';

type Parts = {
  link: Link;
  queues: QueueObjects;
  tuning: Tuning;
  log: Log;
  links: LinkLog;
  telemetry: Telemetry | undefined;
};

export function makeConsumer<Q extends QueueName>(
  name: Q,
  handler: Handler<Q>,
  options: ConsumeOptions,
  { link, queues, tuning, log, links, telemetry }: Parts,
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

  const take = jobTaker(name, handler, { places, leaving, queues, tuning, log, onSurprise: options.onSurprise });
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
    (job) => {
      heardAt = performance.now();
      return take(job);
    },
    {
      connection: watched.connection,
      ...(watched.prefix === undefined ? {} : { prefix: watched.prefix }),
      concurrency: options.concurrency,
      lockDuration: tuning.lockDuration,
      stalledInterval: tuning.stalledInterval,
      maxStalledCount: 3,
      drainDelay: tuning.longestWait / 1_000,
      runRetryDelay: tuning.pauseAfterError,
      ...(telemetry && { telemetry }),
    },
    watched.factory,
  );
  worker.on('error', (error) => links.failed({ queue: name, error: errorWord(error) }, 'the queues do not answer'));
  worker.on('stalled', (job) => log.warn({ queue: name, job }, 'a job was left by its worker'));

  /** A queue that was lost whole has lost its schedulers too, and nobody else would bring them back. */
  async function tendTicks(): Promise<void> {
    const queue = queues.get(name);
    const setUp = async () => {
      // In a queue that a person has paused nothing ticks, and nothing is wrong with it.
      if (await queue.isPaused()) {
        heartAt = performance.now();
        return;
      }
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
