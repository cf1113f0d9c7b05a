import type { Queue, Telemetry } from 'bullmq';
import type { Log } from '../foundation/log.ts';
import type { QueueSeen } from '../upkeep/overview/look.ts';
import type { JobOf, QueueName, WorkQueue } from './definitions.ts';
import type { Tuning } from './tuning.ts';

export type QueueBackendOptions = {
  /** `redis://` or `rediss://`; null puts the queues into PostgreSQL. */
  redisUrl: string | null;
  databaseUrl: string;
  log: Log;
  /** Keeps several installations apart on one Redis. PostgreSQL keeps them apart by database and needs none. */
  prefix?: string;
  tuning?: Partial<Tuning>;
  /** Where mails are traced. */
  traced?: Traced | undefined;
};

/** BullMQ's own spans, in the trace of the mail that a job is about. */
export type Traced = {
  readonly telemetry: Telemetry;
  /** Goes along with a job. */
  metadataOf(mail: string): string;
  ofMail<T>(mail: string | null, work: () => Promise<T>): Promise<T>;
  /** `work` is about many mails, and belongs to the trace of none, whatever goes on just now. */
  ofNone<T>(work: () => Promise<T>): Promise<T>;
};

/** `mail`: whose trace it belongs to, where it is traced. */
export type NewJob = { queue: WorkQueue; row: string; fence: string; mail?: string | null };

export type Producer = {
  /** Adds what is new of these, in bulk; an id that was ever added is passed over. Fails within 5 s: `queue-away`. */
  addMany(jobs: readonly NewJob[]): Promise<void>;
};

/** `done`, or a Failure: `stop` and `ask` end the job, `retry` (and a surprise) brings it back after a short while. */
export type Handler<Q extends QueueName> = (job: JobOf[Q]) => Promise<'done'>;

export type ConsumeOptions = {
  concurrency: number;
  /** Nothing has come for 90 s, not even a heartbeat: the process should end and be started again. Called once. */
  onSilence: () => void;
  /** An error that is not a Failure. The job comes again; the process may want to end. */
  onSurprise?: (error: unknown) => void;
  /** Aborting it closes the consumer. */
  signal?: AbortSignal;
};

export type Consumer = {
  /** Resolves when the first question to the queue was answered; never rejects. */
  ready: Promise<void>;
  /** Takes no more, lets the jobs in hand finish, and gives up waiting after 25 s. Never rejects. */
  close(): Promise<void>;
};

/** `waiting` can be taken at once; `paused` waits in a queue that a person has paused. */
export type Counts = { waiting: number; paused: number; active: number; failed: number; delayed: number };

/** Jobs that failed alike and are not tried again by the queue. */
export type FailedJobs = {
  readonly cause: string;
  readonly jobs: number;
  /** When the last of them failed. */
  readonly last: string;
  /** Ids of the mails or letters behind them. */
  readonly rows: readonly string[];
  /** Jobs of the clock among them, by name. */
  readonly ticks: readonly string[];
};

/** `left` still wait, for it did not end in time; null: the queue answers no more, and nobody knows. */
export type Emptied = { readonly thrown: number; readonly left: number | null };

/** Each fails with `queue-away` within 5 s. */
export type QueueInspector = {
  look(): Promise<QueueSeen[]>;
  failures(queue: QueueName): Promise<FailedJobs[]>;
  /** What is in hand is finished; nothing else begins. Twice is once. */
  pause(queue: QueueName): Promise<void>;
  resume(queue: QueueName): Promise<void>;
  /** Throws away the jobs that wait, as far as it comes within the same time. The rows behind them are queued anew by the sweeper. */
  empty(queue: QueueName): Promise<Emptied>;
};

export type QueueBackend = QueueInspector & {
  kind: 'redis' | 'postgres';
  producer(): Producer;
  consume<Q extends QueueName>(queue: Q, handler: Handler<Q>, options: ConsumeOptions): Consumer;
  /** For Bull Board, which has to wrap them read-only. */
  boardQueues(): Queue[];
  /** Fails with `queue-away` within 5 s. */
  counts(): Promise<Record<QueueName, Counts>>;
  /** What is wrong with the server behind the queues, in plain words; an empty list is good. Never rejects. */
  check(): Promise<string[]>;
  /** Closes consumers, then everything else. Never rejects. */
  close(): Promise<void>;
};
