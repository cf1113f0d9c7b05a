/** Numbers, spans and causes as a person reads them. */
import type { FailureCode } from '../../foundation/failure.ts';
import { mostCounted } from './look.ts';

export const counted = (count: number): string =>
  count > mostCounted ? `${mostCounted.toLocaleString('en-GB')}+` : count.toLocaleString('en-GB');

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${counted(count)} ${count === 1 ? one : many}`;

/** `40 seconds`, `14 minutes`, `3 h 20 min`, `2 days`. */
export function lasting(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return plural(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return plural(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return plural(Math.round(hours / 24), 'day');
}

export const between = (from: string, to: string): string => lasting(Date.parse(to) - Date.parse(from));

/** What a failure means for whoever has to mend it. */
const failureWords: Readonly<Partial<Record<FailureCode, string>>> = {
  'database-away': 'the database did not answer',
  'queue-away': 'the queues did not answer',
  'imap-away': 'the mailbox could not be reached',
  'imap-login-refused': 'the mailbox refused our login',
  'smtp-away': 'the mail server for letters could not be reached',
  'smtp-login-refused': 'the mail server for letters refused our login',
  'parser-overrun': 'reading it took too long or too much memory',
  'parser-crashed': 'the reader of mail broke on it',
  'claim-lost': 'another worker took it over',
  'facts-stale': 'what it was decided by kept changing',
  'lease-lost': 'another worker took the mailbox over',
  'settings-unusable': 'a setting cannot be used',
  'seal-key-missing': 'SECRET_KEY is missing',
  'seal-broken': 'it was sealed with another SECRET_KEY',
  'token-server-away': 'the sign-in server of the mailbox did not answer',
  'token-refused': 'the sign-in server of the mailbox refused us',
  'bad-input': 'the job was not of ours',
};

/** Codes in words; what an outside server or a program said as it was said. */
export const causeWords = (cause: string): string =>
  (Object.hasOwn(failureWords, cause) ? failureWords[cause as FailureCode] : undefined) ??
  (/stalled/.test(cause) ? 'its worker died or stood still over it' : cause);
