/** What stands in a mail's row in the database, in the words of the pages. */
import { isHeld } from '../../../changes/outcome.ts';
import { sayOutcome } from '../../../intake/search/outcome-words.ts';
import type { Grade } from '../../../mail/parsed-mail.ts';
import type { Tone } from '../frame/parts.ts';

/** Where a mail stands: what was decided, or that nothing was yet. */
export function standing({ state, outcome }: { readonly state: string; readonly outcome: string | null }): {
  readonly says: string;
  readonly tone: Tone | undefined;
} {
  if (state === 'dead') return { says: 'given up', tone: 'bad' };
  if (outcome === null) return { says: 'not decided yet', tone: undefined };
  return { says: sayOutcome(outcome), tone: isHeld(outcome) ? 'warn' : undefined };
}

export const gradeTone: Readonly<Record<Grade, Tone | undefined>> = {
  verified: 'good',
  unverified: undefined,
  failed: 'bad',
};

export const doors: Readonly<Record<string, string>> = {
  imap: 'read from a mailbox',
  lmtp: 'by LMTP',
  smtp: 'by SMTP',
  hand: 'handed in by a command',
};

/** Kinds of letters by their names. */
const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;
/** `0.3 s`, `4 min`, `2 h 5 min`. */
export function spanSays(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const at = units.findIndex(([, size]) => seconds >= size);
  const [unit, size] = units[at] ?? ['min', 60];
  const next = units[at + 1];
  const whole = Math.floor(seconds / size);
  const rest = next ? Math.floor((seconds - whole * size) / next[1]) : 0;
  return `${whole} ${unit}${next && rest > 0 && whole < 10 ? ` ${rest} ${next[0]}` : ''}`;
}

export function sizeSays(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
