/** What a case counts as in reports. It is asked anew whenever something was done on it, and the difference is added to the sums of its day. */
import type { Severity } from '../case.ts';
import type { Holidays } from '../rating.ts';
import { type ClockEvent, foldClock, timesAt } from '../response-clock.ts';
import { type SatisfactionAnswer, type Score, satisfactionOf } from '../satisfaction.ts';

export type CaseToCount = {
  readonly openedAt: string;
  readonly severity: Severity;
  /** Address of one of our people. */
  readonly owner: string | null;
  readonly answeredAt: string | null;
  readonly clockEvents: readonly ClockEvent[];
  /** To the last letter that asked how it was. */
  readonly answers: readonly SatisfactionAnswer[];
};

export type CaseCounted = {
  /** Of its opening, where the desk is. */
  readonly day: string;
  readonly severity: Severity;
  /** Empty: its clock never ran. */
  readonly plan: string;
  readonly owner: string;
  /** An answer was owed by a moment. */
  readonly promised: boolean;
  readonly answered: boolean;
  /** That moment has passed without one. */
  readonly late: boolean;
  /** Until the first answer, as the clock counts them; 0 until there is one. */
  readonly minutes: number;
  readonly score: Score | null;
  readonly scoreDay: string | null;
};

export const dayAt = (iso: string, timezone: string): string =>
  Temporal.Instant.from(iso).toZonedDateTimeISO(timezone).toPlainDate().toString();

export function countedOf(
  on: CaseToCount,
  { holidays, timezone, now }: { readonly holidays: Holidays; readonly timezone: string; readonly now: string },
): CaseCounted {
  const clock = foldClock(on.clockEvents, holidays);
  const promised = clock !== null && !clock.rating.bestEffort;
  const answered = on.answeredAt !== null;
  const passed = clock?.state === 'running' && clock.due !== null && Temporal.Instant.compare(clock.due, now) < 0;
  const said = satisfactionOf(on.answers);
  return {
    day: dayAt(on.openedAt, timezone),
    severity: on.severity,
    plan: clock?.rating.plan ?? '',
    owner: on.owner ?? '',
    promised,
    answered,
    late: promised && (clock.breachedAt !== null || passed),
    minutes: answered && clock !== null ? Math.round(timesAt(clock, holidays, on.answeredAt ?? now).elapsed) : 0,
    score: said?.score ?? null,
    scoreDay: said && dayAt(said.at, timezone),
  };
}
