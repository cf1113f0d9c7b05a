/**
 * What the clock of a case runs by, and when a mail is to be answered (POLICY §4). It is written into the events of the clock:
 * a later change of policy or site changes nothing that has been counted.
 */
import { type OwnHolidays, withOwnHolidays } from '../calendar/own-holidays.ts';
import { type ClockPlace, type Holidays, ownHolidaysOf, placeCalendar } from '../calendar/place-calendar.ts';
import type { WorkingHours } from '../calendar/working-hours.ts';
import {
  addBusinessDays,
  addWorkingMinutes,
  inZone,
  type WorkingCalendar,
  workingMinutesBetween,
} from '../calendar/working-time.ts';
import type { Entitlement } from '../registry/entitlement.ts';
import type { BasePlan, PlanKind } from '../registry/site.ts';
import type { Severity } from './case.ts';
import type { CasesPolicy, ResponseTarget } from './policy.ts';

export type { Holidays } from '../calendar/place-calendar.ts';

export type Rating = {
  readonly severity: Severity;
  readonly plan: PlanKind;
  readonly target: ResponseTarget;
  readonly counts: 'business' | 'round-the-clock';
  readonly hours: WorkingHours;
  /** In the order in which they count; left out where there are none. */
  readonly ownHolidays?: readonly OwnHolidays[];
  readonly timezone: string;
  readonly country: string;
  readonly state?: string | undefined;
  /** A preview (§4.5): nothing is promised, so nothing warns and nothing is breached. */
  readonly bestEffort?: true;
};

export type ToRate = ClockPlace & {
  readonly severity: Severity;
  readonly plan: PlanKind;
  /** The plan beneath premier. */
  readonly base: BasePlan;
  readonly bestEffort?: boolean;
  /** About licences: answered within a time of its own, whatever its severity and plan (§5.2). */
  readonly licensing?: boolean;
};

/** What a case at a site counts by under its contract; licensing goes on without one, as standard. */
export const toRate = (site: ClockPlace, contract: Entitlement, severity: Severity, bestEffort: boolean): ToRate => ({
  severity,
  plan: contract.kind === 'lapsed' ? 'standard' : contract.plan,
  base: contract.kind === 'lapsed' ? 'standard' : contract.base,
  timezone: site.timezone,
  country: site.country,
  state: site.state,
  businessHours: site.businessHours,
  holidays: site.holidays,
  bestEffort,
});

/** §4, table and point 1. A target in business days counts in business hours whatever the plan, and so does a preview. */
export function rate(given: ToRate, policy: CasesPolicy): Rating {
  const { licensing = false } = given;
  const target = licensing ? policy.licensingResponse : policy.response[given.plan][given.severity];
  const own = ownHolidaysOf(given, policy);
  const mayBeNight = given.base === '24x7' && !given.bestEffort && policy.roundTheClock.includes(given.severity);
  const always = (mayBeNight || licensing) && 'minutes' in target;
  return {
    severity: given.severity,
    plan: given.plan,
    target,
    counts: always ? 'round-the-clock' : 'business',
    hours: given.businessHours ?? policy.businessHours,
    ...(own.length === 0 ? {} : { ownHolidays: own }),
    timezone: given.timezone,
    country: given.country,
    ...(given.state === undefined ? {} : { state: given.state }),
    ...(given.bestEffort ? { bestEffort: true } : {}),
  };
}

const calendarOf = (rating: Rating, holidays: Holidays): WorkingCalendar => ({
  timezone: rating.timezone,
  hours: rating.hours,
  isHoliday: withOwnHolidays(holidays(rating.country, rating.state), rating.ownHolidays ?? []),
});

const later = (at: string, minutes: number): string =>
  Temporal.Instant.from(at)
    .add({ milliseconds: Math.round(minutes * 60_000) })
    .toString();

/** Minutes that pass between two instants, 0 where `to` is the earlier one. */
export const between = (from: string, to: string): number =>
  Math.max(0, Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds) / 60_000;

/** The moment at which the clock has counted that many minutes since `at`. */
export const advance = (rating: Rating, holidays: Holidays, at: string, minutes: number): string =>
  rating.counts === 'business'
    ? addWorkingMinutes(calendarOf(rating, holidays), at, minutes)
    : inZone(later(at, minutes), rating.timezone);

/** Minutes the clock counts between two instants. */
export const counted = (rating: Rating, holidays: Holidays, from: string, to: string): number =>
  rating.counts === 'business' ? workingMinutesBetween(calendarOf(rating, holidays), from, to) : between(from, to);

/** The deadline of what arrives at an instant. */
export const dueOf = (rating: Rating, holidays: Holidays, at: string): string =>
  'minutes' in rating.target
    ? advance(rating, holidays, at, rating.target.minutes)
    : addBusinessDays(calendarOf(rating, holidays), at, rating.target.businessDays);

/** A target in minutes the clock counts. Business days need not be equally long: those from the start on count. */
export const targetMinutes = (rating: Rating, holidays: Holidays, startedAt: string): number =>
  'minutes' in rating.target
    ? rating.target.minutes
    : counted(rating, holidays, startedAt, dueOf(rating, holidays, startedAt));

export type ResponseDue = {
  /** ISO 8601 with the offset of the site's time zone at that moment. */
  readonly due: string;
  readonly target: ResponseTarget;
  readonly hours: 'business' | 'round-the-clock';
};

/** The deadline of the first response to a mail that arrived at an instant (ISO 8601). */
export function responseDue(
  given: ToRate & { readonly arrivedAt: string; readonly policy: CasesPolicy; readonly publicHolidays: Holidays },
): ResponseDue {
  const rating = rate(given, given.policy);
  return { due: dueOf(rating, given.publicHolidays, given.arrivedAt), target: rating.target, hours: rating.counts };
}

/** The end of so many business days from an instant, by the calendar of a site; without one, by UTC and our own holidays. */
export const clockOfDays = (
  arrivedAt: string,
  businessDays: number,
  site: ClockPlace | null,
  policy: CasesPolicy,
  holidays: Holidays,
): string => addBusinessDays(placeCalendar(site, policy, holidays), arrivedAt, businessDays);
