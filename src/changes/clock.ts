/** The changes of the clock of a case (POLICY §4.6): its state is what these events come to. */
import type { Severity } from '../cases/case.ts';
import type { Rating } from '../cases/rating.ts';
import type { MailId } from '../foundation/ids.ts';
import type { OfCase, OfStandingCase } from './case.ts';
import { type ChangeRow, coveredBy, none } from './row.ts';

type ClockStarted = OfCase & {
  readonly kind: 'clock-started';
  readonly due: string;
  readonly rating: Rating;
  readonly mail: MailId;
};
type ClockStopped = OfStandingCase & { readonly kind: 'clock-stopped'; readonly why: string };

/** A case is rated anew by its customer's reply (POLICY §4.2). */
export type Rerating = {
  readonly from: Severity;
  readonly to: Severity;
  readonly rating: Rating;
  /** The deadline before and after; null where the clock stands. */
  readonly before: string | null;
  readonly due: string | null;
};
export type SeveritySet = OfStandingCase & Rerating & { readonly kind: 'severity-set' };

/** When the timers of the case are looked at next; null: when something is done to it. `due` is what its clock comes to, where the row says otherwise. */
export type TimerSet = OfStandingCase & {
  readonly kind: 'timer-set';
  readonly timerAt: string | null;
  readonly due?: string | null;
};

export type ClockChange = ClockStarted | ClockStopped | SeveritySet | TimerSet;

const untold = none('the change that it comes with has its own');

export const clockChanges = {
  'clock-started': {
    audit: coveredBy('case-opened'),
    event: ({ due, rating, mail }) => ({ kind: 'clock-started', mail, detail: { due, rating } }),
    says: (change) => `The clock of case ${change.case} starts; its first response is due by ${change.due}.`,
    topic: untold,
    batched: true,
  },
  'clock-stopped': {
    audit: coveredBy('case-updated'),
    event: ({ why }) => ({ kind: 'clock-stopped', detail: { why } }),
    says: (change) => `The clock of case ${change.case} stops: ${change.why}.`,
    topic: untold,
    batched: true,
  },
  'severity-set': {
    audit: ({ case: number, from, to }) => ({
      action: 'case-severity-changed',
      subjectKind: 'case',
      subjectId: number,
      detail: { from, to },
    }),
    event: ({ from, to, before, due, rating, by }) => ({
      kind: 'severity-changed',
      detail: { from, to, by: by.kind === 'contact' ? 'customer' : by.kind, before, due, rating },
    }),
    says: ({ case: number, from, to, due }) =>
      `Case ${number} is rated severity ${to} instead of ${from}${due === null ? '' : `; its first response is due by ${due}`}.`,
    topic: 'case.severity-changed',
    batched: false,
  },
  'timer-set': {
    audit: coveredBy('case-opened'),
    event: none('it says nothing that the others do not'),
    says: ({ case: number, timerAt, at }) =>
      timerAt === at
        ? `Case ${number} is looked at again at once.`
        : timerAt === null
          ? `Nothing more is due on case ${number}.`
          : `Case ${number} is looked at again at ${timerAt}.`,
    topic: untold,
    batched: false,
  },
} as const satisfies { [kind in ClockChange['kind']]: ChangeRow<Extract<ClockChange, { kind: kind }>> };
