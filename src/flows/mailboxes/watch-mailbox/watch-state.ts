/** What is known of one watched mailbox, and how it becomes otherwise: every step of the watcher is an event. Pure. */
import type { FailureCode } from '../../../foundation/failure.ts';

export type WatchState = {
  readonly connected: boolean;
  readonly leased: boolean;
  readonly watermark: number | null;
  /** For `readyz`; null where all is well. */
  readonly problem: string | null;
  /** Since all that was new has been read. */
  readonly failures: number;
};

export type WatchEvent =
  /** Another watcher has the lease: whatever was wrong is for that one to find out. */
  | { readonly kind: 'standing-by' }
  | { readonly kind: 'leased' }
  | { readonly kind: 'connected'; readonly watermark: number }
  | { readonly kind: 'advanced'; readonly watermark: number }
  /** Something is wrong that does not end the session. */
  | { readonly kind: 'complained'; readonly problem: string }
  | { readonly kind: 'all-read' }
  /** Another watcher reads without a problem: the server is there again. */
  | { readonly kind: 'others-read' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly problem: string };

export const atFirst: WatchState = { connected: false, leased: false, watermark: null, problem: null, failures: 0 };

export function watched(state: WatchState, event: WatchEvent): WatchState {
  switch (event.kind) {
    case 'standing-by':
      return { ...state, problem: null };
    case 'leased':
      return { ...state, leased: true };
    case 'connected':
      return { ...state, connected: true, problem: null, watermark: event.watermark };
    case 'advanced':
      return { ...state, watermark: event.watermark };
    case 'complained':
      return { ...state, problem: event.problem };
    case 'all-read':
    case 'others-read':
      return state.failures === 0 ? state : { ...state, failures: 0 };
    case 'ended':
      return { ...state, connected: false, leased: false };
    case 'failed':
      return { ...state, problem: event.problem, failures: state.failures + 1 };
    default:
      return event satisfies never;
  }
}

/**
 * Milliseconds to the next try. The database comes back at once where it comes back; a refused login is asked seldom. `chance` is
 * from 0 to 1, so that watchers do not all come back in the same moment.
 */
export function backOff(
  code: FailureCode | 'surprise',
  failures: number,
  { chance, refusedMs }: { readonly chance: number; readonly refusedMs: number },
): number {
  if (code === 'imap-login-refused') return refusedMs;
  if (code === 'lease-lost') return 200;
  const most = code === 'database-away' ? 2_000 : 60_000;
  return Math.min(most, 1_000 * 2 ** Math.min(failures - 1, 6)) * (0.75 + chance / 2);
}

/** A lease is renewed from the moment of the question; one that was not for so long is no longer ours. */
type LeaseNews = 'kept' | 'lost' | 'not-renewed';
export function leaseNews(answer: boolean | null, sinceRenewedMs: number, leaseMs: number): LeaseNews {
  if (answer === false) return 'lost';
  return sinceRenewedMs > leaseMs ? 'not-renewed' : 'kept';
}
