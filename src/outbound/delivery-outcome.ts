/** The outcome of one delivery attempt, and what follows from it (MAIL.md §4). Pure rules: `flows/letters/send-letter` writes them down. */
import type { LetterPolicy } from './policy.ts';

export type SendOutcome =
  /** 250 behind DATA: the other side has it (RFC 5321 §4.2.5). */
  | { readonly kind: 'sent'; readonly response: string }
  /** This letter or its recipient was refused, the session is fine. `code` is the SMTP reply, 400 to 599. */
  | {
      readonly kind: 'recipient-refused';
      readonly code: number;
      readonly permanent: boolean;
      readonly response: string;
    }
  /**
   * The server does not serve us: greeting, EHLO, STARTTLS, AUTH, 421 at any place, our sender. `code` 0: it broke the protocol.
   * `says`: the cause and what to do about it, for a person. `login`: it was the login.
   */
  | {
      readonly kind: 'session-refused';
      readonly code: number;
      readonly response: string;
      readonly says?: string;
      readonly login?: true;
    }
  /** No connection, or cut or silent before the end of DATA was sent: the other side cannot have it. */
  | { readonly kind: 'connection'; readonly response: string; readonly says?: string }
  /** Cut or silent after the end of DATA: the other side may have it. */
  | { readonly kind: 'unknown'; readonly response: string };

type DeliveryAttempt = {
  readonly outcome: SendOutcome;
  /** Delivery attempts of this letter including this one, without those that failed for reasons of the server. */
  readonly attempts: number;
  /** ISO 8601. */
  readonly now: string;
  readonly giveUpAt: string;
};

export type NextStep = { readonly response: string } & (
  | { readonly state: 'sent' }
  /** Somebody is told. */
  | { readonly state: 'failed' }
  /** `counts`: the letter was at fault and waits; otherwise all sending waits, for as long. */
  | {
      readonly state: 'again';
      readonly waitSeconds: number;
      readonly counts: boolean;
      readonly says?: string;
      readonly login?: true;
    }
  /** The same bytes again. */
  | { readonly state: 'unknown'; readonly waitSeconds: number }
);

const waitAfter = (attempts: number, minutes: readonly number[]): number =>
  60 * (minutes[Math.min(Math.max(attempts, 1), minutes.length) - 1] ?? 60);

/** How long all sending pauses after the server has refused service. */
const channelRestSeconds = 60;

/**
 * 4xx: again after 1, 5, 15, 30, 60 minutes, then hourly until `giveUpAt`; 5xx for the recipient: failed. What the session
 * or the connection is at fault for is not the letter's doing: all sending pauses, and the letter is not given up for it.
 */
export function nextStep(given: DeliveryAttempt, policy: LetterPolicy): NextStep {
  const { outcome, attempts } = given;
  const { response } = outcome;
  const { letters: limits } = policy;
  const left = Date.parse(given.giveUpAt) - Date.parse(given.now);
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', response };
    case 'recipient-refused': {
      if (outcome.permanent || left <= 0) return { state: 'failed', response };
      return { state: 'again', response, counts: true, waitSeconds: waitAfter(attempts, limits.retryMinutes) };
    }
    case 'session-refused':
    case 'connection':
      return {
        state: 'again',
        response,
        counts: false,
        waitSeconds: channelRestSeconds,
        ...(outcome.says === undefined ? {} : { says: outcome.says }),
        ...(outcome.kind === 'session-refused' && outcome.login ? { login: true as const } : {}),
      };
    case 'unknown':
      return left <= 0
        ? { state: 'failed', response }
        : { state: 'unknown', response, waitSeconds: limits.unknownMinutes * 60 };
    default:
      return outcome satisfies never;
  }
}

/** Hours from its writing after which a letter is given up. */
export const giveUpHours = (priority: 'answer' | 'notice', policy: LetterPolicy): number =>
  priority === 'notice' ? policy.letters.noticesGiveUpHours : policy.letters.answersGiveUpHours;
