/** What to do for a token of a mailbox, from what the database says of its sign-in under the row's lock. Pure. */
import { Failure } from '../../../foundation/failure.ts';
import type { MailboxSignIn } from '../../../store/mailboxes/mailbox-sign-ins.ts';

/** Seconds. Tests wait less. */
export type TokenTimes = {
  /** A token that ends sooner is not handed out if another is to be had. */
  readonly ahead: number;
  /** The oldest a token gets while `keep` runs. */
  readonly oldest: number;
  /** Between two questions to a server that refuses us. */
  readonly refused: number;
};

export type Step =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** The server is asked; `held` serves where it does not answer. `claimed`: the row has our claim already. */
  | { readonly kind: 'ask'; readonly held: string | null; readonly claimed: boolean }
  /** Another process asks just now. */
  | { readonly kind: 'wait' };

/** `oldest` in seconds. A token counts as fresh until a quarter of its life is left, at most `ahead` before its end. */
export function isFresh(
  row: Pick<MailboxSignIn, 'accessSeconds' | 'ageSeconds'>,
  oldest: number,
  ahead: number,
): boolean {
  if (row.accessSeconds === null || row.ageSeconds === null) return false;
  const early = Math.min(ahead, (row.accessSeconds + row.ageSeconds) / 4);
  return row.accessSeconds > early && row.ageSeconds < oldest;
}

type Given = {
  /** The access token of the row, where it has one that opens and is of the account of the settings. */
  readonly held: string | null;
  readonly fresh: boolean;
  /** Of an answer of the server that could not be stored yet; null where there is none. */
  readonly unsavedFence: string | null;
  readonly refused: () => Failure;
};

export function nextStep(row: MailboxSignIn, { held, fresh, unsavedFence, refused }: Given): Step {
  // Another process was faster.
  if (held !== null && fresh) return { kind: 'token', token: held };
  if (unsavedFence === row.fence) return { kind: 'ask', held, claimed: true };
  // Good for some seconds at least: better than none, while the alarm is on.
  const stillGood = held !== null && (row.accessSeconds ?? 0) > 5 ? held : null;
  const dead = row.state === 'dead';
  if (!dead && row.retrySeconds <= 0 && row.askingSeconds <= 0) return { kind: 'ask', held: stillGood, claimed: false };
  if (stillGood !== null) return { kind: 'token', token: stillGood };
  if (dead) return { kind: 'failure', failure: refused() };
  if (row.askingSeconds > 0) return { kind: 'wait' };
  return { kind: 'failure', failure: new Failure('token-server-away', row.failure ?? 'no token is to be had') };
}

/** Seconds to the next question. A refusal lasts; a server that is away, or a key that was not put back yet, is asked again soon. */
export const retryAfter = (refusal: boolean, failures: number, refused: number): number =>
  refusal ? refused : Math.min(refused, 5 * 2 ** Math.min(failures, 8));
