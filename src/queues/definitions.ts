/**
 * The contents of the queues: names, payloads (ids and nothing else, RELIABILITY I9), and what ticks when.
 * A new job is a member here and a handler in its worker.
 */

export const queueNames = ['intake', 'outbound', 'upkeep'] as const;
export type QueueName = (typeof queueNames)[number];

/** Queues that carry work rows; `upkeep` only ticks. */
export type WorkQueue = 'intake' | 'outbound';

/** Milliseconds between two ticks. A tick carries nothing: what is due is found in rows. */
export const ticks = {
  intake: { 'intake-tick': 60_000 },
  outbound: { 'outbound-tick': 60_000 },
  upkeep: { announcements: 4_000, cases: 5_000, sweep: 30_000, clock: 60_000 },
} as const satisfies Record<QueueName, Record<string, number>>;

export type TickOf<Q extends QueueName> = Extract<keyof (typeof ticks)[Q], string>;
type Tick<Q extends QueueName> = { kind: 'tick'; tick: TickOf<Q> };
export type MailJob = { kind: 'mail'; mail: string; fence: string };
export type LetterJob = { kind: 'letter'; letter: string; fence: string };

/** What a handler of each queue is given. `fence` is the row's fencing number as the relay read it. */
export type JobOf = {
  intake: MailJob | Tick<'intake'>;
  outbound: LetterJob | Tick<'outbound'>;
  upkeep: Tick<'upkeep'>;
};

export const workKinds = { intake: 'mail', outbound: 'letter' } as const satisfies Record<WorkQueue, string>;

/** Proves that a worker takes jobs at all; the handler never sees it. */
export const heartbeat = { name: 'heartbeat', every: 30_000 } as const;
