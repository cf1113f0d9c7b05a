/** The changes of a letter that is written. */
import type { By } from './by.ts';
import { type ChangeRow, none } from './row.ts';

type OfLetter = {
  /** Its row, and the fence that was judged: it grows whenever the letter changes hands. */
  readonly id: string;
  readonly fence: string;
  readonly template: string;
  readonly to: string;
  readonly at: string;
  readonly by: By;
};

/** What stands in the list of letters; released late it has its whole time to go out. */
export const releasedByPerson = { reason: 'released by a person', giveUpHours: 48 } as const;
export const suppressedByPerson = { reason: 'suppressed by a person' } as const;

export type LetterReleased = OfLetter & { readonly kind: 'letter-released' };
export type LetterSuppressed = OfLetter & { readonly kind: 'letter-suppressed' };
export type LetterChange = LetterReleased | LetterSuppressed;

const noEvent = none('a letter is shown on its case by its state, which is no event');

export const letterChanges = {
  'letter-released': {
    audit: (change) => ({ action: 'letter-released', subjectKind: 'letter', subjectId: change.id }),
    event: noEvent,
    says: (change) => `Letter ${change.id} (${change.template}) goes out to ${change.to}.`,
    topic: 'letter.released',
    batched: false,
  },
  'letter-suppressed': {
    audit: (change) => ({ action: 'letter-suppressed', subjectKind: 'letter', subjectId: change.id }),
    event: noEvent,
    says: (change) => `Letter ${change.id} (${change.template}) to ${change.to} is never sent; it stays on record.`,
    topic: 'letter.suppressed',
    batched: false,
  },
} as const satisfies { [kind in LetterChange['kind']]: ChangeRow<Extract<LetterChange, { kind: kind }>> };
