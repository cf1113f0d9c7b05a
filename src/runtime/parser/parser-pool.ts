/**
 * Reads mails in threads that can be killed (MAIL.md §2): for a mail that takes 10 s or 512 MB the thread is killed, the mail is held with
 * its headers, and the next one is read in a new thread. The event loop of the caller only passes bytes on. `pool-step.ts` decides, here
 * it is done.
 */
import type { Worker } from 'node:worker_threads';
import type { Log } from '../../foundation/log.ts';
import type { Arrival, MailFacts, ReadOptions, UnreadableReason } from '../../mail/parsed-mail.ts';
import type { readHeadersOnly } from '../../mail/read.ts';
import type { ParserAnswer } from './parser-thread.ts';
import { askWorker, startWorker } from './parser-worker.ts';
import { emptyPool, type PoolEffect, type PoolEvent, type PoolMail } from './pool-state.ts';
import { poolStep } from './pool-step.ts';

export type ParserPool = {
  /**
   * Facts of one mail; never rejects for what a mail holds. `raw` stays the caller's.
   * @throws Error once the pool is closed
   */
  read(raw: Uint8Array, arrival: Arrival, options: ReadOptions): Promise<MailFacts>;
  /** Ends the threads; what waits is refused. */
  close(): Promise<void>;
};

type ParserPoolOptions = {
  /** The most; one is there from the start, the others come when mails wait for a slow one, and go again. */
  readonly threads: number;
  /** For one mail, from the moment its thread turns to it. */
  readonly seconds?: number;
  /** Of one thread's heap. */
  readonly megabytes?: number;
  readonly log: Log;
  /** Another entry than `parser-thread.ts`; tests hand in one that misbehaves. */
  readonly entry?: URL;
};

type Job = PoolMail & {
  readonly raw: Uint8Array;
  readonly arrival: Arrival;
  readonly options: ReadOptions;
  readonly resolve: (facts: MailFacts) => void;
  readonly reject: (error: Error) => void;
};

type ThreadEffect = Exclude<Extract<PoolEffect<Job>, { thread: number }>, { kind: 'start' }>;

type Thread = { readonly worker: Worker; timer: NodeJS.Timeout | undefined; leaving: NodeJS.Timeout | undefined };

/** A burst is read by one thread; a mail that holds others up for so long gets company, which costs some 30 MB. */
const growAfterMs = 1_000;
const leaveAfterMs = 30_000;
/** What a thread may take to start, beside the time of its first mail. */
const startMs = 5_000;

/** What reads mails costs this thread some 30 MB, and it is hardly ever asked: it is loaded when it is. */
export async function headersOnly(...given: Parameters<typeof readHeadersOnly>): Promise<MailFacts> {
  const reading = await import('../../mail/read.ts');
  return reading.readHeadersOnly(...given);
}

export function openParserPool(settings: ParserPoolOptions): ParserPool {
  const milliseconds = (settings.seconds ?? 10) * 1000;
  const state = emptyPool<Job>(settings.threads);
  const threads = new Map<number, Thread>();
  let growing: NodeJS.Timeout | undefined;
  let lastMail = 0;

  const happened = (event: PoolEvent<Job>): void => {
    for (const effect of poolStep(state, event)) perform(effect);
  };

  function perform(effect: PoolEffect<Job>): void {
    switch (effect.kind) {
      case 'gather':
        setImmediate(() => happened({ kind: 'turn-over' }));
        return;
      case 'grow-soon':
        growing = setTimeout(() => happened({ kind: 'grow-due' }), growAfterMs).unref();
        return;
      case 'start':
        threads.set(effect.thread, { worker: start(effect.thread), timer: undefined, leaving: undefined });
        return;
      case 'answer':
        effect.mail.resolve(effect.facts);
        return;
      case 'give-up':
        giveUp(effect.mail, effect.reason, effect.cause);
        return;
      case 'refuse':
        effect.mail.reject(new Error('the parser pool is closed'));
        return;
      case 'fell-idle':
        settings.log.error({ cause: effect.cause }, 'a parser thread ended while idle');
        return;
      default: {
        const thread = threads.get(effect.thread);
        if (thread) onThread(thread, effect);
      }
    }
  }

  function onThread(thread: Thread, effect: ThreadEffect): void {
    const { worker } = thread;
    switch (effect.kind) {
      case 'give':
        clearTimeout(thread.leaving);
        worker.ref();
        askWorker(worker, effect.mails);
        startClock(thread, effect);
        return;
      case 'time':
        startClock(thread, effect);
        return;
      case 'rest':
        clearTimeout(thread.timer);
        worker.unref();
        return;
      case 'leave-soon':
        thread.leaving = setTimeout(() => happened({ kind: 'leave-due', thread: effect.thread }), leaveAfterMs).unref();
        return;
      case 'stop':
        clearTimeout(thread.timer);
        clearTimeout(thread.leaving);
        threads.delete(effect.thread);
        void worker.terminate();
        return;
      default:
        effect satisfies never;
    }
  }

  function startClock(thread: Thread, { thread: number, ready }: { thread: number; ready: boolean }): void {
    clearTimeout(thread.timer);
    const limit = ready ? milliseconds : milliseconds + startMs;
    thread.timer = setTimeout(() => happened({ kind: 'overran', thread: number }), limit);
  }

  function start(thread: number): Worker {
    const worker = startWorker(settings.entry, settings.megabytes ?? 512);
    worker.once('online', () => happened({ kind: 'online', thread }));
    worker.on('message', (answer: ParserAnswer) => happened({ kind: 'answered', thread, answer }));
    worker.on('error', (error: NodeJS.ErrnoException) =>
      happened({ kind: 'fell', thread, cause: error.code ?? error.name }),
    );
    worker.on('exit', () => happened({ kind: 'fell', thread, cause: 'Error' }));
    worker.unref();
    return worker;
  }

  function giveUp(job: Job, reason: UnreadableReason, cause: string): void {
    settings.log.warn({ reason, cause, bytes: job.bytes }, 'a mail could not be read and is held');
    headersOnly(job.raw, job.arrival, job.options, reason).then(job.resolve, job.reject);
  }

  happened({ kind: 'opened' });

  return {
    read: (raw, arrival, options) =>
      new Promise((resolve, reject) => {
        lastMail += 1;
        const mail = { id: lastMail, bytes: raw.length, raw, arrival, options, resolve, reject };
        happened({ kind: 'asked', mail });
      }),
    close: async () => {
      const workers = [...threads.values()].map(({ worker }) => worker);
      clearTimeout(growing);
      happened({ kind: 'closed' });
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
