/** The clock of a case as lists show it. */
import type { Holidays } from './rating.ts';
import { type Clock, type ClockEvent, foldClock, timesAt } from './response-clock.ts';

/** A first answer that is owed within so many hours is at risk, and one that is late. */
export const riskHours = 2;

export type ClockShown = {
  /** `stopped` also where there is no clock. */
  readonly state: Clock['state'];
  readonly due: string | null;
  /** The last warning that our people were given. */
  readonly warnedAt: string | null;
  readonly breachedAt: string | null;
  /** Counted by its hours, whole minutes. */
  readonly elapsedMinutes: number;
  /** It waits for the customer: since when, and until when it does; also where the first response was given. */
  readonly waiting: { readonly since: string; readonly until: string | null } | null;
};

type Shown = {
  readonly events: readonly ClockEvent[];
  readonly warnedAt: string | null;
  readonly waiting: ClockShown['waiting'];
  readonly now: string;
};

export function clockShown({ events, now, ...told }: Shown, holidays: Holidays): ClockShown {
  const clock = foldClock(events, holidays);
  if (clock === null) return { state: 'stopped', due: null, breachedAt: null, elapsedMinutes: 0, ...told };
  const { state, due, breachedAt, rating } = clock;
  const late = state === 'running' && !rating.bestEffort && due !== null && Temporal.Instant.compare(due, now) < 0;
  const elapsedMinutes = Math.floor(timesAt(clock, holidays, now).elapsed);
  return { state, due, breachedAt: breachedAt ?? (late ? due : null), elapsedMinutes, ...told };
}
