/** What the parser pool knows, what can happen to it, and what it has its shell do. */
import type { MailFacts, UnreadableReason } from '../../mail/parsed-mail.ts';
import type { ParserAnswer } from './parser-thread.ts';

export type PoolMail = { readonly id: number; readonly bytes: number };

/** A thread with what it was given; it reads in that order, and what ends it is the first. Another thread has another number. */
export type Slot<M> = { thread: number; ready: boolean; leaving: boolean; readonly given: M[] };

export type PoolState<M extends PoolMail> = {
  readonly most: number;
  /** The first stays, the others come when mails wait for a slow one, and go again. */
  readonly slots: Slot<M>[];
  readonly waiting: M[];
  lastThread: number;
  /** Threads in a row that ended before they read anything. */
  barren: number;
  /** What comes in within this turn is given together at its end. */
  gathering: boolean;
  /** The mail that will have waited for long, where it still waits when the time is over. */
  growingFor: number | null;
  closed: boolean;
};

export type PoolEvent<M> =
  | { readonly kind: 'opened' | 'turn-over' | 'grow-due' | 'closed' }
  | { readonly kind: 'asked'; readonly mail: M }
  | { readonly kind: 'online' | 'overran' | 'leave-due'; readonly thread: number }
  | { readonly kind: 'answered'; readonly thread: number; readonly answer: ParserAnswer }
  | { readonly kind: 'fell'; readonly thread: number; readonly cause: string };

export type PoolEffect<M> =
  | { readonly kind: 'gather' | 'grow-soon' }
  | { readonly kind: 'start'; readonly thread: number }
  | { readonly kind: 'stop' | 'rest' | 'leave-soon'; readonly thread: number }
  /** Its time begins, for the first of them; starting a thread is not the mail's fault. */
  | { readonly kind: 'give'; readonly thread: number; readonly mails: readonly M[]; readonly ready: boolean }
  | { readonly kind: 'time'; readonly thread: number; readonly ready: boolean }
  | { readonly kind: 'answer'; readonly mail: M; readonly facts: MailFacts }
  | { readonly kind: 'give-up'; readonly mail: M; readonly reason: UnreadableReason; readonly cause: string }
  | { readonly kind: 'refuse'; readonly mail: M }
  | { readonly kind: 'fell-idle'; readonly cause: string };

export const emptyPool = <M extends PoolMail>(most: number): PoolState<M> => ({
  most: Math.max(1, most),
  slots: [],
  waiting: [],
  lastThread: 0,
  barren: 0,
  gathering: false,
  growingFor: null,
  closed: false,
});
