/**
 * When a case is to be answered (POLICY §4), and the clock as a list of events that only grows (§4.6). What an event was
 * rated by is written into it: a later change of policy or site changes nothing that has been counted.
 */
import { type IsHoliday, isEmpty, type OwnHolidays, withOwnHolidays } from '../calendar/own-holidays.ts';
import type { WorkingHours } from '../calendar/working-hours.ts';
import {
  addBusinessDays,
  addWorkingMinutes,
  inZone,
  type WorkingCalendar,
  workingMinutesBetween,
} from '../calendar/working-time.ts';
import type { BasePlan, PlanKind } from '../registry/site.ts';
import type { Severity } from './case.ts';
import type { CasesPolicy, ResponseTarget } from './policy.ts';

/** The public holidays of a country and state; `calendar/holidays.ts` gives one. */
export type Holidays = (country: string, state?: string) => IsHoliday;

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
};

/** What of a site says when people work there; `Site` has it. */
type ClockPlace = {
  readonly timezone: string;
  readonly country: string;
  readonly state?: string | undefined;
  readonly businessHours?: WorkingHours | undefined;
  readonly holidays?: OwnHolidays | undefined;
};

export type ToRate = ClockPlace & {
  readonly severity: Severity;
  readonly plan: PlanKind;
  /** The plan beneath premier. */
  readonly base: BasePlan;
};

/** Those of the desk, and before them those of the site. */
const ownHolidays = (site: Pick<ClockPlace, 'holidays'> | null, policy: CasesPolicy): OwnHolidays[] =>
  [policy.holidays, site?.holidays].flatMap((one) => (one && !isEmpty(one) ? [one] : []));

/** §4, table and point 1. A target in business days counts in business hours whatever the plan. */
export function rate(given: ToRate, policy: CasesPolicy): Rating {
  const target = policy.response[given.plan][given.severity];
  const own = ownHolidays(given, policy);
  const always = given.base === '24x7' && policy.roundTheClock.includes(given.severity) && 'minutes' in target;
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

const between = (from: string, to: string): number =>
  Math.max(0, Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds) / 60_000;

/** The moment at which the clock has counted that many minutes since `at`. */
const advance = (rating: Rating, holidays: Holidays, at: string, minutes: number): string =>
  rating.counts === 'business'
    ? addWorkingMinutes(calendarOf(rating, holidays), at, minutes)
    : inZone(later(at, minutes), rating.timezone);

/** Minutes the clock counts between two instants. */
const counted = (rating: Rating, holidays: Holidays, from: string, to: string): number =>
  rating.counts === 'business' ? workingMinutesBetween(calendarOf(rating, holidays), from, to) : between(from, to);

const dueOf = (rating: Rating, holidays: Holidays, at: string): string =>
  'minutes' in rating.target
    ? advance(rating, holidays, at, rating.target.minutes)
    : addBusinessDays(calendarOf(rating, holidays), at, rating.target.businessDays);

/** A target in minutes the clock counts. Business days need not be equally long: those from the start on count. */
const targetMinutes = (rating: Rating, holidays: Holidays, startedAt: string): number =>
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
export function clockOfDays(
  arrivedAt: string,
  businessDays: number,
  site: ClockPlace | null,
  policy: CasesPolicy,
  holidays: Holidays,
): string {
  const timezone = site?.timezone ?? 'UTC';
  const ofCountry = site ? holidays(site.country, site.state) : () => false;
  const isHoliday = withOwnHolidays(ofCountry, ownHolidays(site, policy));
  const hours = site?.businessHours ?? policy.businessHours;
  return addBusinessDays({ timezone, hours, isHoliday }, arrivedAt, businessDays);
}

export type ClockEvent =
  | { readonly type: 'started' | 're-rated'; readonly at: string; readonly rating: Rating }
  | { readonly type: 'paused' | 'resumed' | 'met' | 'breached'; readonly at: string };

export type Clock = {
  readonly state: 'running' | 'paused' | 'met';
  readonly rating: Rating;
  readonly startedAt: string;
  /** The deadline while running, and what it was when met; while paused null, for it moves. */
  readonly due: string | null;
  /** Counted minutes up to `since`, by the rating in force while they passed. */
  readonly elapsed: number;
  readonly since: string;
  readonly breachedAt: string | null;
  readonly metAt: string | null;
  /** Each change of rating with the deadline before and after, null where the clock was paused. */
  readonly changes: readonly { readonly at: string; readonly before: string | null; readonly after: string | null }[];
};

const before = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) < 0;

/**
 * One event more. Resumed: what was left when it was paused. Re-rated: the new target less what is already counted, from
 * that moment on; where nothing is left it is due at once. An event that does not fit (paused twice) changes nothing, for
 * two workers may write the same; one that claims to be older than the last counts as of the last.
 */
function step(clock: Clock | null, event: ClockEvent, holidays: Holidays): Clock | null {
  if (clock === null) {
    if (event.type !== 'started') return null;
    const { rating, at } = event;
    const due = dueOf(rating, holidays, at);
    return {
      state: 'running',
      rating,
      startedAt: at,
      due,
      elapsed: 0,
      since: at,
      breachedAt: null,
      metAt: null,
      changes: [],
    };
  }
  if (clock.state === 'met') return clock;
  const at = before(event.at, clock.since) ? clock.since : event.at;
  const running = clock.state === 'running';
  const elapsed = running ? clock.elapsed + counted(clock.rating, holidays, clock.since, at) : clock.elapsed;
  switch (event.type) {
    case 'started':
      return clock;
    case 'paused':
      return running ? { ...clock, state: 'paused', due: null, elapsed, since: at } : clock;
    case 'resumed': {
      if (running) return clock;
      const left = targetMinutes(clock.rating, holidays, clock.startedAt) - clock.elapsed;
      const due = left > 0 ? advance(clock.rating, holidays, at, left) : inZone(at, clock.rating.timezone);
      return { ...clock, state: 'running', due, since: at };
    }
    case 're-rated': {
      const left = targetMinutes(event.rating, holidays, clock.startedAt) - elapsed;
      const next = left > 0 ? advance(event.rating, holidays, at, left) : inZone(at, event.rating.timezone);
      const due = running ? next : null;
      const changes = [...clock.changes, { at, before: clock.due, after: due }];
      return { ...clock, rating: event.rating, due, elapsed, since: at, changes };
    }
    case 'met':
      return { ...clock, state: 'met', elapsed, since: at, metAt: at };
    case 'breached':
      return clock.breachedAt === null ? { ...clock, breachedAt: at } : clock;
    default:
      return event satisfies never;
  }
}

/** The clock after its events in the order they were written; null where it never started. */
export const foldClock = (events: readonly ClockEvent[], holidays: Holidays): Clock | null =>
  events.reduce<Clock | null>((clock, event) => step(clock, event, holidays), null);

/** The moments at which a running clock warns (§4.6), in order; one that has passed already stands at `since`. */
export function warnings(
  clock: Clock,
  holidays: Holidays,
  policy: Pick<CasesPolicy, 'warnAtPercent'>,
): { percent: number; at: string }[] {
  if (clock.state !== 'running') return [];
  return [...policy.warnAtPercent]
    .sort((a, b) => a - b)
    .map((percent) => {
      const left = (targetMinutes(clock.rating, holidays, clock.startedAt) * percent) / 100 - clock.elapsed;
      const at =
        left > 0 ? advance(clock.rating, holidays, clock.since, left) : inZone(clock.since, clock.rating.timezone);
      return { percent, at };
    });
}
