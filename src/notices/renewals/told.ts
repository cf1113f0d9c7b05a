/**
 * Whether a contract was told of in the letter of another group: a renewal, or a contract that comes on record, moves the earliest
 * end, and with it the key and the days of all that end around it. A letter counts for the step that it was nearest to, so that
 * nobody hears the same twice within days and everybody hears the last steps at their own days.
 */
import { dayAt } from '../../registry/entitlement.ts';
import { type End, sameEnd } from './contracts.ts';

/** A step that is settled; its key (site, group, step) is never used again. */
export type SettledStep = {
  readonly group: string;
  readonly step: number;
  /** When it was sent or skipped. */
  readonly at: string;
  /** What the letter named; empty: it was skipped, or reached nobody. */
  readonly told: readonly End[];
};

type Grid = { readonly group: string; readonly steps: readonly number[] };

/** The step whose day is nearest to so many days after the end of the group; of two the earlier, so that the later one is told. */
const nearest = (steps: readonly number[], days: number): number =>
  steps.reduce((best, one) => (Math.abs(one - days) < Math.abs(best - days) ? one : best));

/** The last step that letters of other groups have been for this contract; before all of them where there is none. */
export function lastToldStep(
  item: End,
  { group, steps }: Grid,
  settled: readonly SettledStep[],
  timezone: string,
): number {
  const end = Temporal.PlainDate.from(group);
  return settled
    .filter((one) => one.group !== group && one.told.some((other) => sameEnd(item, other)))
    .map(({ at }) => nearest(steps, end.until(dayAt(at, timezone)).days))
    .reduce((last, one) => Math.max(last, one), Number.NEGATIVE_INFINITY);
}
