/** What our people are told by the clocks of a case (POLICY §4.3, §4.6). The events say so, that nobody is told twice. */
import type { OfStandingCase } from '../case.ts';
import { type ChangeRow, none } from '../row.ts';
import type { HookTopic } from '../webhooks/topics.ts';

/** So much of the time to the first response has passed. */
type ClockWarned = OfStandingCase & { readonly kind: 'clock-warned'; readonly percent: number };
/** The first response is overdue. */
type ClockBreached = OfStandingCase & { readonly kind: 'clock-breached'; readonly due: string };
/** Severity 1: the customer has to hear from us again. */
type UpdateOwed = OfStandingCase & { readonly kind: 'update-owed'; readonly due: string };
/** Severity 1: nobody there could be reached since then, and our people are told. */
type NobodyReached = OfStandingCase & { readonly kind: 'nobody-reached'; readonly since: string };

export type ClockAlarm = ClockWarned | ClockBreached | UpdateOwed | NobodyReached;

const row = <C extends OfStandingCase>(
  kind: string,
  topic: HookTopic | null,
  detail: (change: C) => Readonly<Record<string, unknown>>,
  says: (change: C) => string,
) =>
  ({
    audit: (change: C) =>
      ({ action: `case-${kind}`, subjectKind: 'case', subjectId: change.case, detail: detail(change) }) as const,
    event: (change: C) => ({ kind, detail: detail(change) }),
    says,
    topic: topic ?? none('it is between our people'),
    batched: false,
  }) as const;

export const clockAlarms = {
  'clock-warned': row<ClockWarned>(
    'clock-warned',
    'case.warned',
    ({ percent }) => ({ percent }),
    ({ case: number, percent }) => `${percent} % of the time to the first response of case ${number} has passed.`,
  ),
  'clock-breached': row<ClockBreached>(
    'clock-breached',
    'case.overdue',
    ({ due }) => ({ due }),
    ({ case: number, due }) => `The first response to case ${number} was due by ${due}, and is overdue.`,
  ),
  'update-owed': row<UpdateOwed>(
    'update-owed',
    null,
    ({ due }) => ({ due }),
    ({ case: number }) => `The customer of case ${number} has to hear from us again.`,
  ),
  'nobody-reached': row<NobodyReached>(
    'nobody-reached',
    null,
    ({ since }) => ({ since }),
    ({ case: number, since }) => `Nobody at the customer could be reached about case ${number} since ${since}.`,
  ),
} as const satisfies { [kind in ClockAlarm['kind']]: ChangeRow<Extract<ClockAlarm, { kind: kind }>> };
