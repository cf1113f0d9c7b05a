/** The clock of a case as acts see and move it (POLICY §4.6). */
import { type Clock, type ClockEvent, foldClock } from '../../../cases/response-clock.ts';
import type { ClockMet, ClockResumed } from '../../../changes/cases/clock-events.ts';
import type { Given } from '../../act.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';

/** As of its events and `more`; null where it never started. */
export const clockOf = (
  on: Pick<WorkedCase, 'clock'>,
  { policy }: Pick<Given, 'policy'>,
  ...more: readonly ClockEvent[]
): Clock | null => foldClock([...on.clock, ...more], policy.publicHolidays);

/** The first words of a person of ours answer the case; nothing follows where that was done before. To be given beside them. */
export const metBy = (on: WorkedCase, given: Given): ClockMet[] =>
  on.answeredAt === null
    ? [
        {
          kind: 'clock-met',
          ...standing(on, given),
          due: clockOf(on, given, { type: 'met', at: given.now })?.due ?? null,
        },
      ]
    : [];

/** It waits for the customer no more. */
export const resumedBy = (on: WorkedCase, given: Given, why: ClockResumed['why']): ClockResumed => ({
  kind: 'clock-resumed',
  ...standing(on, given),
  why,
  due: on.answeredAt === null ? (clockOf(on, given, { type: 'resumed', at: given.now })?.due ?? null) : null,
});

/** Since when and until when it waits for the customer; null where it does not. */
export function waitOf(
  on: Pick<WorkedCase, 'events'>,
): { readonly since: string; readonly until: string | null } | null {
  const last = on.events.findLast(({ kind }) => ['clock-paused', 'clock-resumed', 'closed', 'reopened'].includes(kind));
  if (last?.kind !== 'clock-paused') return null;
  const { until } = last.detail;
  return { since: last.at, until: typeof until === 'string' ? until : null };
}
