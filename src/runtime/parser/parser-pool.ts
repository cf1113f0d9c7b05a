/**
 * Reads mails in threads that can be killed (MAIL.md §2): for a mail that takes 10 s or 512 MB the thread is killed, the mail is held with
 * its headers, and the next one is read in a new thread. The event loop of the caller only passes bytes on.
 */
import { Worker } from 'node:worker_threads';
import type { Log } from '../../foundation/log.ts';
import type { Arrival, MailFacts, ReadOptions, UnreadableReason } from '../../mail/parsed-mail.ts';
import type { readHeadersOnly } from '../../mail/read.ts';
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

type Job = {
  readonly raw: Uint8Array;
  readonly arrival: Arrival;
  readonly options: ReadOptions;
  readonly resolve: (facts: MailFacts) => void;
  readonly reject: (error: Error) => void;
};

type Given = { readonly id: number; readonly job: Job };

/** A thread with what it was given; it reads in that order, and what ends it is the first. */
type Slot = {
  worker: Worker;
  given: Given[];
  timer: NodeJS.Timeout | null;
  leaving: NodeJS.Timeout | null;
  ready: boolean;
};

/** Waking a thread is the dear part of a small mail: it is given a few at once. */
const atOnce = { mails: 12, bytes: 64 * 1024 };
/** What reads mails costs this thread some 30 MB, and it is hardly ever asked: it is loaded when it is. */
export async function headersOnly(...given: Parameters<typeof readHeadersOnly>): Promise<MailFacts> {
  const reading = await import('../../mail/read.ts');
  return reading.readHeadersOnly(...given);
}

/** A burst is read by one thread; a mail that holds others up for so long gets company, which costs some 30 MB. */
const growAfterMs = 1_000;
const leaveAfterMs = 30_000;

export function openParserPool(settings: ParserPoolOptions): ParserPool {
  const milliseconds = (settings.seconds ?? 10) * 1000;
  const megabytes = settings.megabytes ?? 512;
  const most = Math.max(1, settings.threads);
  const entry = settings.entry ?? new URL('./parser-thread.ts', import.meta.url);
  const waiting: Job[] = [];
  const slots: Slot[] = [];
  let growing: NodeJS.Timeout | null = null;
  let closed = false;
  let barren = 0;
  let lastId = 0;

  const startWorker = (slot: Slot) => {
    slot.worker = new Worker(entry, {
      // A quarter is left for buffers, which live outside the heap.
      resourceLimits: {
        maxOldGenerationSizeMb: Math.ceil(megabytes * 0.75),
        maxYoungGenerationSizeMb: 8,
        stackSizeMb: 4,
      },
      env: {},
    });
    const { worker } = slot;
    slot.ready = false;
    worker.once('online', () => {
      slot.ready = true;
    });
    worker.on('message', (answer: ParserAnswer) => {
      if (slot.worker !== worker || answer.id !== slot.given[0]?.id) return;
      barren = 0;
      const job = takeFirst(slot);
      if ('facts' in answer) job?.resolve(answer.facts);
      else if (job) giveUp(job, 'parser-failed', answer.error);
      if (slot.given.length > 0) armTimer(slot);
      else next(slot);
    });
    worker.on('error', (error) => fall(slot, worker, error as Error));
    worker.on('exit', () => fall(slot, worker, new Error('the thread ended')));
    worker.unref();
  };

  const takeFirst = (slot: Slot): Job | null => {
    if (slot.timer) clearTimeout(slot.timer);
    slot.timer = null;
    const job = slot.given.shift()?.job ?? null;
    if (slot.given.length === 0) slot.worker.unref();
    return job;
  };

  /** The mail that a thread fell over; what it was given behind it goes to the front again. */
  const takeGuilty = (slot: Slot): Job | null => {
    const job = takeFirst(slot);
    waiting.unshift(...slot.given.splice(0).map((given) => given.job));
    return job;
  };

  const giveUp = (job: Job, reason: UnreadableReason, cause: string) => {
    settings.log.warn({ reason, cause, bytes: job.raw.length }, 'a mail could not be read and is held');
    headersOnly(job.raw, job.arrival, job.options, reason).then(job.resolve, job.reject);
  };

  /** A thread that died, once: its mail is held, another thread takes the slot. */
  const fall = (slot: Slot, worker: Worker, error: Error) => {
    if (slot.worker !== worker || closed || !slots.includes(slot)) return;
    const job = takeGuilty(slot);
    const code = (error as NodeJS.ErrnoException).code ?? error.name;
    if (job) giveUp(job, code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'parser-overrun' : 'parser-failed', code);
    else settings.log.error({ cause: code }, 'a parser thread ended while idle');
    // Threads that die before they read anything would be started for ever.
    if (!job && ++barren > 10) {
      for (const one of waiting.splice(0)) giveUp(one, 'parser-failed', 'no thread starts');
      return;
    }
    startWorker(slot);
    next(slot);
  };

  const next = (slot: Slot) => {
    if (closed || slot.given.length > 0) return;
    const questions: ParserQuestion[] = [];
    let bytes = 0;
    while (questions.length < atOnce.mails) {
      const [job] = waiting;
      if (!job || (questions.length > 0 && bytes + job.raw.length > atOnce.bytes)) break;
      waiting.shift();
      bytes += job.raw.length;
      lastId += 1;
      slot.given.push({ id: lastId, job });
      // The copy is handed over, not cloned again on the other side.
      questions.push({ id: lastId, raw: new Uint8Array(job.raw), arrival: job.arrival, options: job.options });
    }
    if (questions.length === 0) {
      letGo(slot);
      return;
    }
    if (slot.leaving) clearTimeout(slot.leaving);
    slot.leaving = null;
    slot.worker.ref();
    slot.worker.postMessage(
      questions,
      questions.map((question) => question.raw.buffer as ArrayBuffer),
    );
    armTimer(slot);
    growSoon();
  };

  const armTimer = (slot: Slot) => {
    const { worker } = slot;
    // Starting a thread is not the mail's fault.
    slot.timer = setTimeout(
      () => {
        if (slot.worker !== worker) return;
        const job = takeGuilty(slot);
        startWorker(slot);
        void worker.terminate();
        if (job) giveUp(job, 'parser-overrun', 'time');
        next(slot);
      },
      slot.ready ? milliseconds : milliseconds + 5000,
    );
  };

  const addSlot = (): Slot => {
    const slot = { given: [], timer: null, leaving: null, ready: false } as unknown as Slot;
    startWorker(slot);
    slots.push(slot);
    return slot;
  };

  /** Another thread where mails wait for long, whatever holds the others up. */
  function growSoon(): void {
    if (growing || waiting.length === 0 || slots.length >= most) return;
    const [oldest] = waiting;
    growing = setTimeout(() => {
      growing = null;
      if (closed || !oldest || !waiting.includes(oldest) || slots.length >= most) return growSoon();
      next(addSlot());
    }, growAfterMs);
    growing.unref();
  }

  /** A thread costs some 40 MB: all but the first go when there is nothing for them. */
  function letGo(slot: Slot): void {
    if (slots[0] === slot || slot.leaving) return;
    slot.leaving = setTimeout(() => {
      const at = slots.indexOf(slot);
      if (at < 0 || slot.given.length > 0) return;
      slots.splice(at, 1);
      void slot.worker.terminate();
    }, leaveAfterMs);
    slot.leaving.unref();
  }

  addSlot();

  return {
    read: (raw, arrival, options) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('the parser pool is closed'));
        waiting.push({ raw, arrival, options, resolve, reject });
        const free = slots.find((slot) => slot.given.length === 0);
        // Whatever else comes in this turn goes along.
        if (free) setImmediate(() => next(free));
        else growSoon();
      }),
    close: async () => {
      closed = true;
      if (growing) clearTimeout(growing);
      const gone = new Error('the parser pool is closed');
      for (const job of waiting.splice(0)) job.reject(gone);
      await Promise.all(
        slots.map((slot) => {
          if (slot.leaving) clearTimeout(slot.leaving);
          for (const { job } of slot.given.slice(1)) job.reject(gone);
          takeFirst(slot)?.reject(gone);
          return slot.worker.terminate();
        }),
      );
    },
  };
}
