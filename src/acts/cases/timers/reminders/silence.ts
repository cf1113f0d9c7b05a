/** How long a customer has said nothing to what was asked of them, in their business days (POLICY §6.1). */
import { clockOfDays } from '../../../../cases/rating.ts';
import type { Given } from '../../../act.ts';
import type { WorkedCase } from '../../records.ts';

export const later = (a: string, b: string): string => (Temporal.Instant.compare(a, b) < 0 ? b : a);

export const businessDaysFrom = (on: WorkedCase, from: string, count: number, { policy }: Pick<Given, 'policy'>) =>
  clockOfDays(from, count, on.of.site, policy, policy.publicHolidays);

type Asked = {
  /** The event with which it was asked, and that of each time that they were asked again. */
  readonly by: string;
  readonly again: string;
  /** Since when they say nothing. */
  readonly silentSince: string;
  /** Business days of silence, in their order, after which something is done. */
  readonly days: readonly number[];
};

/** What is done next, as the how-manieth of these; null: nothing more. */
export function nextOfSilence(
  on: WorkedCase,
  { by, again, silentSince, days }: Asked,
  given: Pick<Given, 'policy'>,
): { readonly at: string; readonly time: number } | null {
  const since = on.events.slice(on.events.findLastIndex(({ kind }) => kind === by) + 1);
  const done = since.filter(({ kind }) => kind === again);
  const count = days[done.length];
  if (count === undefined) return null;
  const due = businessDaysFrom(on, silentSince, count, given);
  const last = done.at(-1)?.at;
  const apart = count - (days[done.length - 1] ?? 0);
  // What was late keeps its distance to what follows.
  const at = last === undefined ? due : later(due, businessDaysFrom(on, last, apart, given));
  return { at, time: done.length + 1 };
}
