/** Every time in milliseconds. Tests shorten them; these are the defaults. */
export const defaultTuning = {
  /** A job whose lock is older was left by a killed or stopped worker (RELIABILITY, Habits). */
  lockDuration: 30_000,
  stalledInterval: 10_000,
  /** How long a worker at rest waits before it asks again on its own, in case it is not told any more. */
  longestWait: 4_000,
  /** Answers that take longer mean that the link is half open. Longer than `longestWait`. */
  linkTimeout: 8_000,
  /** The same for a question that costs nothing, asked only to try the link. */
  probeTimeout: 3_000,
  connectTimeout: 4_000,
  /** `addMany` fails within this. */
  producerTimeout: 4_500,
  /** Pause after a refused question, so that a queue that is away is not hammered. */
  pauseAfterError: 500,
  retryBackoff: 1_000,
  silence: 90_000,
  scheduleCheck: 15_000,
  /** How long a completed job is to be seen on the board, and its id passed over. */
  keepCompleted: 120_000,
  closeWithin: 25_000,
};

export type Tuning = typeof defaultTuning;
