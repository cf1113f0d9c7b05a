/** Letters in words: their states, what they are for, and the address of a list of them. */
import type { LetterFilter, LetterListItem } from '../../../flows/letters/shown-letter.ts';
import type { Tone } from '../frame/parts.ts';

type State = LetterListItem['state'];

export const states: Readonly<Record<State, { readonly says: string; readonly tone?: Tone; readonly means: string }>> =
  {
    queued: { says: 'on its way', means: 'It is tried until the mail server takes it, or until it is given up.' },
    waiting: {
      says: 'waits for a person',
      tone: 'warn',
      means: 'It goes out when somebody releases it, and never else.',
    },
    sent: { says: 'sent', tone: 'good', means: 'The mail server has taken it.' },
    unknown: {
      says: 'answer unknown',
      tone: 'warn',
      means:
        'The connection broke before the mail server answered. The same bytes go again, under the same Message-ID.',
    },
    failed: {
      says: 'failed',
      tone: 'bad',
      means: 'It was refused, or its time ran out. It is not tried again by itself.',
    },
    bounced: { says: 'came back', tone: 'bad', means: 'A report said that nobody is reached there.' },
    suppressed: { says: 'not sent', means: 'It is on record, and nobody got it.' },
  };

/** Kinds of letters by their names. */
export const tries = (count: number): string => (count === 1 ? '1 try' : `${count} tries`);

/** In the address of the list; beside the states there is `not-arrived`: failed or came back, and nobody has dealt with it. */
export type Asked = Omit<LetterFilter, 'notArrived' | 'causedBy'> & {
  readonly before?: string | undefined;
  readonly mail?: string | undefined;
};
export const notArrived = 'not-arrived';

export function listAddress(asked: Asked): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, String(value));
  const text = query.toString();
  return text === '' ? '/letters' : `/letters?${text}`;
}
