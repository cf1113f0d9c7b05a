/**
 * Reading in threads that can be killed (MAIL.md §2): a mail that takes 10 s or 512 MB costs its thread, is held with its
 * headers, and the next mail is read. The caller's event loop only hands bytes over.
 */
import { Worker } from 'node:worker_threads';
import type { Log } from '../foundation/log.ts';
import type { Arrival, MailFacts, ReadOptions, UnreadableReason } from '../mail/parsed-mail.ts';
import { readHeadersOnly } from '../mail/read.ts';
import type { ParserAnswer, ParserQuestion } from './parser-thread.ts';

export type ParserPool = {
  /**
   * Facts of one mail; never rejects for what a mail holds. `raw` stays the caller's.
   * @throws Error once the pool is closed
   */
  read(raw: Uint8Array, arrival: Arrival, options: ReadOptions): Promise<MailFacts>;
  /** Ends the threads; what waits is refused. */
  close(): Promise<void>;
};

export type ParserPoolOptions = {
  readonly threads: number;
  /** For one mail, from the moment a thread has it. */
  readonly seconds?: number;
  /** Of one thread's heap. */
  readonly megabytes?: number;
  readonly log: Log;
  /** Another entry than `parser-thread.ts`; tests hand in one that misbehaves. */
  readonly entry?: URL;
};

type Job = {
  readonly raw: Uint8Array;
  readonly arrival: Arrival;
  readonly options: ReadOptions;
  readonly resolve: (facts: MailFacts) => void;
  readonly reject: (error: Error) => void;
};

type Seat = { worker: Worker; job: Job | null; timer: NodeJS.Timeout | null; id: number; ready: boolean };

export function openParserPool(settings: ParserPoolOptions): ParserPool {
  const milliseconds = (settings.seconds ?? 10) * 1000;
  const megabytes = settings.megabytes ?? 512;
  const entry = settings.entry ?? new URL('./parser-thread.ts', import.meta.url);
  const waiting: Job[] = [];
  const seats: Seat[] = [];
  let closed = false;
  let barren = 0;

  const seatWorker = (seat: Seat) => {
    seat.worker = new Worker(entry, {
      // A quarter is left for buffers, which live outside the heap.
      resourceLimits: {
        maxOldGenerationSizeMb: Math.ceil(megabytes * 0.75),
        maxYoungGenerationSizeMb: 32,
        stackSizeMb: 4,
      },
      env: {},
    });
    const { worker } = seat;
    seat.ready = false;
    worker.once('online', () => {
      seat.ready = true;
    });
    worker.on('message', (answer: ParserAnswer) => {
      if (seat.worker !== worker || answer.id !== seat.id || seat.job === null) return;
      barren = 0;
      const job = take(seat);
      if ('facts' in answer) job?.resolve(answer.facts);
      else if (job) giveUp(job, 'parser-failed', answer.error);
      next(seat);
    });
    worker.on('error', (error) => fall(seat, worker, error as Error));
    worker.on('exit', () => fall(seat, worker, new Error('the thread ended')));
    worker.unref();
  };

  const take = (seat: Seat): Job | null => {
    if (seat.timer) clearTimeout(seat.timer);
    const { job } = seat;
    seat.timer = null;
    seat.job = null;
    if (job) seat.worker.unref();
    return job;
  };

  const giveUp = (job: Job, reason: UnreadableReason, cause: string) => {
    settings.log.warn({ reason, cause, bytes: job.raw.length }, 'a mail could not be read and is held');
    try {
      job.resolve(readHeadersOnly(job.raw, job.arrival, job.options, reason));
    } catch (error) {
      job.reject(error as Error);
    }
  };

  /** A thread that died, once: its mail is held, another thread takes the seat. */
  const fall = (seat: Seat, worker: Worker, error: Error) => {
    if (seat.worker !== worker || closed) return;
    const job = take(seat);
    const code = (error as NodeJS.ErrnoException).code ?? error.name;
    if (job) giveUp(job, code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'parser-overrun' : 'parser-failed', code);
    else settings.log.error({ cause: code }, 'a parser thread ended while idle');
    // Threads that die before they read anything would be started for ever.
    if (!job && ++barren > 10) {
      for (const one of waiting.splice(0)) giveUp(one, 'parser-failed', 'no thread starts');
      return;
    }
    seatWorker(seat);
    next(seat);
  };

  const next = (seat: Seat) => {
    if (closed || seat.job !== null) return;
    const job = waiting.shift();
    if (!job) return;
    seat.job = job;
    seat.id++;
    seat.worker.ref();
    // The copy is handed over, not cloned again on the other side.
    const raw = new Uint8Array(job.raw);
    const question: ParserQuestion = { id: seat.id, raw, arrival: job.arrival, options: job.options };
    seat.worker.postMessage(question, [raw.buffer]);
    armTimer(seat);
  };

  const armTimer = (seat: Seat) => {
    const { worker } = seat;
    // Starting a thread is not the mail's fault.
    seat.timer = setTimeout(
      () => {
        if (seat.worker !== worker) return;
        const job = take(seat);
        seatWorker(seat);
        void worker.terminate();
        if (job) giveUp(job, 'parser-overrun', 'time');
        next(seat);
      },
      seat.ready ? milliseconds : milliseconds + 5000,
    );
  };

  for (let i = 0; i < Math.max(1, settings.threads); i++) {
    const seat = { job: null, timer: null, id: 0, ready: false } as unknown as Seat;
    seatWorker(seat);
    seats.push(seat);
  }

  return {
    read: (raw, arrival, options) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the parser pool is closed'));
        waiting.push({ raw, arrival, options, resolve, reject });
        const free = seats.find((seat) => seat.job === null);
        if (free) next(free);
      }),
    close: async () => {
      closed = true;
      const gone = new Error('the parser pool is closed');
      for (const job of waiting.splice(0)) job.reject(gone);
      await Promise.all(
        seats.map((seat) => {
          take(seat)?.reject(gone);
          return seat.worker.terminate();
        }),
      );
    },
  };
}
