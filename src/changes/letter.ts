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
export const sentAgainByPerson = { reason: 'sent again by a person', giveUpHours: 48 } as const;

export type LetterReleased = OfLetter & { readonly kind: 'letter-released' };
export type LetterSuppressed = OfLetter & { readonly kind: 'letter-suppressed' };
/** The same bytes once more, under the same Message-ID. */
export type LetterSentAgain = OfLetter & {
  readonly kind: 'letter-sent-again';
  readonly was: SentAgainFrom;
  readonly messageId: string;
};

/** What a person knows of a letter that did not arrive: said by another way, or needed no more. */
export const letterMarks = ['reached', 'not-needed'] as const;
export type LetterMark = (typeof letterMarks)[number];
export type LetterMarked = OfLetter & { readonly kind: 'letter-marked'; readonly as: LetterMark };
export type LetterUnmarked = OfLetter & { readonly kind: 'letter-unmarked' };
export type LetterChange = LetterReleased | LetterSuppressed | LetterSentAgain | LetterMarked | LetterUnmarked;

/** From where it can be sent again, and what is said of a second copy. */
const copies = {
  sent: 'the first was taken by the server, so that a second copy may arrive',
  failed: 'the first was never taken, so that there is one copy',
  bounced: 'the first came back, so that there is one copy where it arrives now',
} as const;
export type SentAgainFrom = keyof typeof copies;
export const isSentAgainFrom = (state: string): state is SentAgainFrom => Object.hasOwn(copies, state);

const marks = {
  reached: ({ to }: OfLetter) => `${to} was told by another way`,
  'not-needed': () => 'it is needed no more',
} as const satisfies Record<LetterMark, (change: OfLetter) => string>;

const onLetter = (action: string) => (change: OfLetter) =>
  ({ action, subjectKind: 'letter', subjectId: change.id }) as const;
const noEvent = none('a letter is shown on its case by its state, which is no event');

export const letterChanges = {
  'letter-released': {
    audit: onLetter('letter-released'),
    event: noEvent,
    says: (change) => `Letter ${change.id} (${change.template}) goes out to ${change.to}.`,
    topic: 'letter.released',
    batched: false,
  },
  'letter-suppressed': {
    audit: onLetter('letter-suppressed'),
    event: noEvent,
    says: (change) => `Letter ${change.id} (${change.template}) to ${change.to} is never sent; it stays on record.`,
    topic: 'letter.suppressed',
    batched: false,
  },
  'letter-sent-again': {
    audit: (change) => ({
      ...onLetter('letter-sent-again')(change),
      detail: { was: change.was },
    }),
    event: noEvent,
    says: ({ id, template, to, was }) =>
      `Letter ${id} (${template}) goes out to ${to} once more, under the same Message-ID: ${copies[was]}.`,
    topic: 'letter.sent-again',
    batched: false,
  },
  'letter-marked': {
    audit: (change) => ({ ...onLetter('letter-marked')(change), detail: { as: change.as } }),
    event: noEvent,
    says: (change) => `Letter ${change.id} (${change.template}) counts as dealt with: ${marks[change.as](change)}.`,
    topic: none('nothing becomes otherwise for whoever it is to'),
    batched: false,
  },
  'letter-unmarked': {
    audit: onLetter('letter-unmarked'),
    event: noEvent,
    says: ({ id, template, to }) => `Letter ${id} (${template}) to ${to} counts as not dealt with again.`,
    topic: none('nothing becomes otherwise for whoever it is to'),
    batched: false,
  },
} as const satisfies { [kind in LetterChange['kind']]: ChangeRow<Extract<LetterChange, { kind: kind }>> };
