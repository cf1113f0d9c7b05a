/** A site that moves, has other hours or another plan, a case of another kind: its clock is rated anew (POLICY §4.6). */
import { type Rating, rate } from '../../../cases/rating.ts';
import { type RatedBy, ratingDiffers } from '../../../cases/rating-differs.ts';
import { dayAt, judgeEntitlement } from '../../../registry/entitlement.ts';
import type { Given } from '../../act.ts';
import { clockOf } from '../clock/clock-of.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import type { CaseTimer } from './timer.ts';

/** As a case opened at that moment would be; null: support has ended, or the clock is none of the contract's, and it stays as it was. */
function ratingAt(on: WorkedCase, at: string, { policy }: Given): Rating | null {
  if (on.kind === 'licensing') return null;
  const { of, severity, kind } = on;
  const contract = judgeEntitlement(of, at, on.product, policy);
  if (contract.kind === 'lapsed') return null;
  const { timezone, country, state, businessHours, holidays } = of.site;
  const place = { timezone, country, state, businessHours, holidays };
  const { plan } = contract;
  // Nobody works on a preview after hours (§4.5).
  return rate({ ...place, severity, plan, base: kind === 'preview' ? 'standard' : contract.base }, policy);
}

/** Other targets of the policy are for cases to come. */
function differing(before: Rating, after: Rating | null): readonly RatedBy[] {
  const by = after === null ? [] : ratingDiffers(before, after);
  return by.every((one) => one === 'target') ? [] : by;
}

/** Days on which a plan begins, or is over, as moments there. */
function turns({ of: { plans, site } }: WorkedCase, { now }: Given): string[] {
  const today = dayAt(now, site.timezone);
  const days = plans.flatMap(({ from, to }) => [from, Temporal.PlainDate.from(to).add({ days: 1 }).toString()]);
  const start = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(site.timezone).toInstant().toString();
  return [...new Set(days)]
    .filter((day) => day > today)
    .toSorted()
    .map(start);
}

const rated = (on: WorkedCase, given: Given): Rating | null => {
  if (on.status === 'closed' || on.answeredAt !== null) return null;
  return clockOf(on, given)?.rating ?? null;
};

export const reRatingTimer: CaseTimer = {
  name: 're-rating',
  gives: { changes: ['clock-re-rated'], letters: [] },
  dueAt(on, given) {
    const rating = rated(on, given);
    if (rating === null) return null;
    return [given.now, ...turns(on, given)].find((at) => differing(rating, ratingAt(on, at, given)).length > 0) ?? null;
  },
  runOut(on, given) {
    const before = clockOf(on, given);
    const rating = ratingAt(on, given.now, given);
    if (before === null || rating === null) return { changes: [], letters: [] };
    const after = clockOf(on, given, { type: 're-rated', at: given.now, rating });
    const why = differing(before.rating, rating);
    const due = { before: before.due, due: after?.due ?? null };
    return { changes: [{ kind: 'clock-re-rated', ...standing(on, given), why, rating, ...due }], letters: [] };
  },
};
