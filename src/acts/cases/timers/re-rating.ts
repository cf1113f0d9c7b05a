/** A site that moves, has other hours or another plan, a case of another kind: its clock is rated anew (POLICY §4.6). */
import { type Rating, rate, toRate } from '../../../cases/rating.ts';
import { type RatedBy, ratingDiffers } from '../../../cases/rating-differs.ts';
import { nextContractChange } from '../../../registry/contract-changes.ts';
import { judgeEntitlement } from '../../../registry/entitlement.ts';
import type { Given } from '../../act.ts';
import { rateAnew } from '../agreeing/rate-anew.ts';
import { clockOf } from '../clock/clock-of.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import type { CaseTimer, RanOut } from './timer.ts';

/** As a case opened now would be; null: support has ended, or the clock is none of the contract's, and it stays as it was. */
function ratingOf({ of, severity, kind, product }: WorkedCase, { now, policy }: Given): Rating | null {
  const contract = judgeEntitlement(of, now, product, policy);
  if (kind === 'licensing' || contract.kind === 'lapsed') return null;
  return rate(toRate(of.site, contract, severity, kind === 'preview'), policy);
}

/** Other targets of the policy are for cases to come. */
function differing(before: Rating, after: Rating): readonly RatedBy[] {
  const by = ratingDiffers(before, after);
  const sameEffort = (before.bestEffort ?? false) === (after.bestEffort ?? false);
  return sameEffort && by.every((one) => one === 'target') ? [] : by;
}

function anew(on: WorkedCase, given: Given): { readonly rating: Rating; readonly why: readonly RatedBy[] } | null {
  const before = clockOf(on, given);
  const rating = ratingOf(on, given);
  const why = before && rating ? differing(before.rating, rating) : [];
  return rating && why.length > 0 ? { rating, why } : null;
}

/**
 * When the clock of a case starts that is of before clocks were told what they run by (§11.6): with the case where that was open as they
 * were. Where it was closed, and is reopened, with that: nobody knows whether it had been answered.
 */
function unratedSince({ silentUntil, clock, events }: WorkedCase): string | null {
  if (clock.some(({ type }) => type === 'started')) return null;
  const began = events.find(({ kind }) => kind === 'clock-started');
  const from = silentUntil === null && began ? events.findLast(({ kind }) => kind === 'reopened') : began;
  return from?.at ?? null;
}

/** By what was promised then, as far as that is known today; what has changed since follows by itself. */
function ratedFrom(on: WorkedCase, startedAt: string, given: Given): RanOut {
  const { policy } = given;
  const contract = judgeEntitlement(on.of, startedAt, on.product, policy);
  const { rating } = rateAnew(on, { of: on.of, contract, to: on.severity, at: startedAt, policy });
  const due = clockOf(on, given, { type: 'started', at: startedAt, rating })?.due ?? null;
  return { changes: [{ kind: 'clock-rated', ...standing(on, given), startedAt, rating, due }], letters: [] };
}

/** At once, or on the day on which a plan or licence begins or is over. */
export const reRatingTimer: CaseTimer = {
  name: 're-rating',
  gives: { changes: ['clock-re-rated', 'clock-rated'], letters: [] },
  dueAt(on, given) {
    const { now, policy } = given;
    if (on.status === 'closed' || on.answeredAt !== null) return null;
    if (unratedSince(on) !== null) return now;
    if (on.clock.length === 0) return null;
    return anew(on, given) ? now : (nextContractChange(on.of, now, on.product, policy)?.at ?? null);
  },
  runOut(on, given) {
    const startedAt = unratedSince(on);
    if (startedAt !== null) return ratedFrom(on, startedAt, given);
    const rated = anew(on, given);
    if (rated === null) return { changes: [], letters: [] };
    const due = clockOf(on, given, { type: 're-rated', at: given.now, rating: rated.rating })?.due ?? null;
    const before = clockOf(on, given)?.due ?? null;
    return { changes: [{ kind: 'clock-re-rated', ...standing(on, given), ...rated, before, due }], letters: [] };
  },
};
