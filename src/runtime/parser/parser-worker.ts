/** A thread of the parser pool as Node.js has it: its limits, and how mails get there. */
import { Worker } from 'node:worker_threads';
import type { ParserQuestion } from './parser-thread.ts';

/** `entry` in the place of `parser-thread.ts`; `megabytes` of its heap and buffers. */
export function startWorker(entry: URL | undefined, megabytes: number): Worker {
  return new Worker(entry ?? new URL('./parser-thread.ts', import.meta.url), {
    // A quarter is left for buffers, which live outside the heap.
    resourceLimits: {
      maxOldGenerationSizeMb: Math.ceil(megabytes * 0.75),
      maxYoungGenerationSizeMb: 8,
      stackSizeMb: 4,
    },
    env: {},
  });
}

/** The copies are handed over, not cloned again on the other side. */
export function askWorker(worker: Worker, mails: readonly ParserQuestion[]): void {
  const questions: ParserQuestion[] = mails.map(({ id, raw, arrival, options }) => ({
    id,
    raw: new Uint8Array(raw),
    arrival,
    options,
  }));
  worker.postMessage(
    questions,
    questions.map((question) => question.raw.buffer as ArrayBuffer),
  );
}
