/**
 * The ladder of renewals (POLICY §10.1–3) of one site: what goes out, when, and why the rest does not. A function of its contracts,
 * of what was told, and of now; nothing is kept beside those.
 */
import type { WorkingCalendar } from '../../calendar/open-days.ts';
import { dayAt } from '../../registry/entitlement.ts';
import type { NoticesPolicy } from '../policy.ts';
import { isTooLate } from '../turns.ts';
import type { Contracts, EndingContract } from './contracts.ts';
import { type Group, groupsOf } from './groups.ts';
import { isRenewed } from './renewed.ts';
import { type StepDay, stepDays } from './step-days.ts';
import { lastToldStep, type SettledStep } from './told.ts';

export const skipReasons = [
  /** All of it is renewed. */
  'renewed',
  /** Its day was before the contract was on record with this end. */
  'not-known',
  /** Its moment was before renewals were started. */
  'not-started',
  /** Each contract in it was told of at that time already, in the letter of another group. */
  'told',
  /** A later step goes out on the same day. */
  'same-day',
  /** A later step is due: only the newest goes out. */
  'missed',
  /** §11.6: it could not go out for too long. */
  'too-late',
] as const;
export type SkipReason = (typeof skipReasons)[number];

export type LadderStep = StepDay & {
  readonly group: string;
  /** What ends and is not renewed, by its end. */
  readonly items: readonly EndingContract[];
} & ({ readonly state: 'planned' | 'due' } | { readonly state: 'skipped'; readonly reason: SkipReason });

export type LadderOfSite = {
  readonly calendar: WorkingCalendar;
  readonly contracts: Contracts;
  readonly settled: readonly SettledStep[];
  /** Since when renewals run; null: they stand still. */
  readonly startedAt: string | null;
  readonly now: string;
  readonly policy: NoticesPolicy;
};

const isAfter = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) > 0;

/** All steps that are not settled, of each group that has one to come or had one since the start; by group and step. */
export function ladder(site: LadderOfSite): LadderStep[] {
  const { calendar, contracts, now, startedAt, policy } = site;
  const today = dayAt(now, calendar.timezone);
  const open = contracts.ending.filter((one) => !isRenewed(one, contracts, today));
  return groupsOf(open, policy.renewals.groupDays).flatMap((group) => {
    const days = stepDays(calendar, group.group, policy.renewals);
    const last = days.at(-1);
    return last === undefined || isAfter(startedAt ?? now, last.dueAt) ? [] : stepsOf(site, group, days, today);
  });
}

function stepsOf(site: LadderOfSite, { group, items }: Group, days: readonly StepDay[], today: string): LadderStep[] {
  const { calendar, contracts, settled, now } = site;
  const ofGroup = new Set(settled.filter((one) => one.group === group).map(({ step }) => step));
  const knownOn = items
    .filter(({ to }) => to === group)
    .map(({ knownAt }) => dayAt(knownAt, calendar.timezone))
    .reduce((a, b) => (b < a ? b : a));
  const newest = days.findLast(({ dueAt }) => !isAfter(dueAt, now));
  return days
    .filter(({ step }) => !ofGroup.has(step))
    .map((one): LadderStep => {
      // What is renewed from a day to come is not in the letters behind it.
      const judgedOn = one.day > today ? one.day : today;
      const named = items.filter((item) => !isRenewed(item, contracts, judgedOn));
      const step = { ...one, group, items: named };
      const reason = reasonToSkip(site, step, { knownOn, newest, days });
      if (reason !== null) return { ...step, state: 'skipped', reason };
      return { ...step, state: isAfter(one.dueAt, now) ? 'planned' : 'due' };
    });
}

type Seen = { readonly knownOn: string; readonly newest: StepDay | undefined; readonly days: readonly StepDay[] };

function reasonToSkip(
  { calendar, settled, startedAt, now, policy }: LadderOfSite,
  { step, day, dueAt, group, items }: StepDay & Group,
  { knownOn, newest, days }: Seen,
): SkipReason | null {
  if (items.length === 0) return 'renewed';
  if (day < knownOn) return 'not-known';
  if (isAfter(startedAt ?? now, dueAt)) return 'not-started';
  const { steps } = policy.renewals;
  if (items.every((item) => lastToldStep(item, { group, steps }, settled, calendar.timezone) >= step)) return 'told';
  if (days.some((other) => other.step > step && other.day === day)) return 'same-day';
  if (isAfter(dueAt, now)) return null;
  if (newest && newest.step > step) return 'missed';
  return isTooLate(dueAt, now, policy) ? 'too-late' : null;
}
