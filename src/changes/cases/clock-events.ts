/** What the clock of the first response goes through besides its start (POLICY §4.6): each is an event, and none is taken back. */
import type { Rating } from '../../cases/rating.ts';
import type { RatedBy } from '../../cases/rating-differs.ts';
import type { OfStandingCase } from '../case.ts';
import { type ChangeRow, none } from '../row.ts';

/**
 * Waiting for the customer; `until` is the moment from which it is ours again, null where only they end it. `answered`: the first answer was
 * given, so that no clock is paused. `again`: it waited before.
 */
export type ClockPaused = OfStandingCase & {
  readonly kind: 'clock-paused';
  readonly until: string | null;
  readonly answered?: true;
  readonly again?: true;
};
/** By the customer's own words, because the time of waiting is over, or because our people go on. `due` is null where the first response was given. */
export type ClockResumed = OfStandingCase & {
  readonly kind: 'clock-resumed';
  readonly why: 'answered' | 'time' | 'ours';
  readonly due: string | null;
};
/** By the first words of a person of ours. */
export type ClockMet = OfStandingCase & { readonly kind: 'clock-met'; readonly due: string | null };
/** Rated anew for what has changed with the site, its contract or the case; both deadlines are null where the clock stands. */
export type ClockRerated = OfStandingCase & {
  readonly kind: 'clock-re-rated';
  readonly why: readonly RatedBy[];
  readonly rating: Rating;
  readonly before: string | null;
  readonly due: string | null;
};

/** Of before the events of a clock said what it runs by (§11.6): it counts from when it started, and nothing of it is told. */
export type ClockRated = OfStandingCase & {
  readonly kind: 'clock-rated';
  readonly startedAt: string;
  readonly rating: Rating;
  readonly due: string | null;
};

export type ClockEventChange = ClockPaused | ClockResumed | ClockMet | ClockRerated | ClockRated;

const about =
  (action: string, detail: Readonly<Record<string, unknown>> = {}) =>
  ({ case: subjectId }: OfStandingCase) =>
    ({ action, subjectKind: 'case', subjectId, detail }) as const;

const waitedFor = {
  answered: 'the customer has written',
  time: 'its time is over',
  ours: 'our people go on with it',
} as const;
const by = (due: string | null): string => (due === null ? '' : `; its first response is due by ${due}`);

export const clockEventChanges = {
  'clock-paused': {
    audit: (change) => about('case-waits', { until: change.until })(change),
    event: ({ until }) => ({ kind: 'clock-paused', detail: { until } }),
    says: ({ case: number, until, answered }) =>
      `Case ${number} waits for the customer${until === null ? '' : ` until ${until}`}${answered ? '' : ', and its clock is paused'}.`,
    topic: 'case.waits',
    batched: false,
  },
  'clock-resumed': {
    audit: (change) => about('case-waits-no-more', { why: change.why })(change),
    event: ({ why, due }) => ({ kind: 'clock-resumed', detail: { why, due } }),
    says: ({ case: number, why, due }) => `Case ${number} waits no more: ${waitedFor[why]}${by(due)}.`,
    topic: 'case.waits-no-more',
    batched: false,
  },
  'clock-met': {
    audit: about('case-answered'),
    event: ({ due }) => ({ kind: 'clock-met', detail: { due } }),
    says: ({ case: number }) => `The first response to case ${number} is given.`,
    topic: 'case.answered',
    batched: false,
  },
  'clock-re-rated': {
    audit: (change) => about('case-re-rated', { why: change.why })(change),
    event: ({ why, rating, before, due }) => ({ kind: 'clock-re-rated', detail: { why, before, due, rating } }),
    says: ({ case: number, why, due }) => `The clock of case ${number} is rated anew (${why.join(', ')})${by(due)}.`,
    topic: none('the site or the case has its own'),
    batched: false,
  },
  'clock-rated': {
    audit: about('case-clock-rated'),
    event: ({ startedAt: at, rating, due }) => ({ kind: 'clock-started', at, detail: { due, rating } }),
    says: ({ case: number, startedAt, due }) => `The clock of case ${number} counts from ${startedAt}${by(due)}.`,
    topic: none('nothing has become otherwise with the case'),
    batched: false,
  },
} as const satisfies { [kind in ClockEventChange['kind']]: ChangeRow<Extract<ClockEventChange, { kind: kind }>> };
