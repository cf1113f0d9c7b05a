/**
 * Working time of a site: POLICY §4.1 and §4.6. Counted in real time, so that a change to or from summer time inside the
 * hours makes a day shorter or longer, and a deadline of 60 minutes is always 60 minutes of the engineers' day.
 */
import { Failure } from '../foundation/failure.ts';

export type WorkingHours = {
  /** ISO 8601: Monday is 1. */
  readonly days: readonly number[];
  /** Local times such as `09:00`; `to` is the first moment after hours. */
  readonly from: string;
  readonly to: string;
};

/** Whether a day (ISO date) is a public holiday. */
export type IsHoliday = (day: string) => boolean;

export type WorkingCalendar = {
  readonly timezone: string;
  readonly hours: WorkingHours;
  readonly isHoliday: IsHoliday;
};

/** Epoch milliseconds. */
type Moment = number;

const minute = 60_000;
/** A calendar without a business day in two years is a mistake in the settings, not a deadline. */
const searchedDays = 731;

const momentOf = (at: string): Moment => Temporal.Instant.from(at).epochMilliseconds;
const zoned = (at: Moment, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);

/** An instant as ISO 8601 with the offset of the time zone, such as `2026-03-31T10:00:00+02:00`. */
export const inZone = (at: string, timezone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(timezone).toString({ timeZoneName: 'never' });

const written = (at: Moment, timezone: string): string => zoned(at, timezone).toString({ timeZoneName: 'never' });

/** What the hours of a day are in a zone, whatever the calendar: the conversion is what a deadline costs. */
const converted = new Map<string, { from: Moment; to: Moment } | null>();
const mostConverted = 5_000;

/** Hours of one day; null where it is no business day or the zone never had that day (Samoa, 30 December 2011). */
function open(calendar: WorkingCalendar, day: Temporal.PlainDate): { from: Moment; to: Moment } | null {
  const name = day.toString();
  if (!calendar.hours.days.includes(day.dayOfWeek) || calendar.isHoliday(name)) return null;
  const { timezone, hours } = calendar;
  const key = `${name} ${timezone} ${hours.from} ${hours.to}`;
  let known = converted.get(key);
  if (known === undefined) {
    if (converted.size >= mostConverted) converted.clear();
    known = convert(day, timezone, hours);
    converted.set(key, known);
  }
  return known;
}

function convert(day: Temporal.PlainDate, timeZone: string, hours: WorkingHours): { from: Moment; to: Moment } | null {
  const from = day.toZonedDateTime({ timeZone, plainTime: hours.from });
  if (!from.toPlainDate().equals(day)) return null;
  const to = day.toZonedDateTime({ timeZone, plainTime: hours.to });
  return { from: from.epochMilliseconds, to: to.epochMilliseconds };
}

/** Business days from the day of `at` on, each with its hours. */
function* openDays(calendar: WorkingCalendar, at: Moment): Generator<{ from: Moment; to: Moment }> {
  const first = zoned(at, calendar.timezone).toPlainDate();
  let sinceLast = 0;
  for (let ahead = 0; sinceLast < searchedDays; ahead += 1) {
    const hours = open(calendar, first.add({ days: ahead }));
    sinceLast = hours === null ? sinceLast + 1 : 0;
    if (hours !== null) yield hours;
  }
  throw new Failure('settings-unusable', `no business day within ${searchedDays} days in ${calendar.timezone}`);
}

/**
 * The moment at which that much working time has passed since `at`. Just at the end of a day stays that end; nothing to add
 * within hours is `at`, after hours the next opening. Takes minutes (fractions allowed), gives ISO 8601 with offset.
 */
export function addWorkingMinutes(calendar: WorkingCalendar, at: string, minutes: number): string {
  const start = momentOf(at);
  let left = Math.round(Math.max(0, minutes) * minute);
  for (const hours of openDays(calendar, start)) {
    const from = Math.max(start, hours.from);
    if (from >= hours.to) continue;
    if (from + left <= hours.to) return written(from + left, calendar.timezone);
    left -= hours.to - from;
  }
  throw new Failure('settings-unusable', 'unreachable: business days never end');
}

/** Working time between two instants in minutes, with fractions; 0 where `to` is not after `from`. */
export function workingMinutesBetween(calendar: WorkingCalendar, from: string, to: string): number {
  const start = momentOf(from);
  const end = momentOf(to);
  let sum = 0;
  let day = zoned(start, calendar.timezone).toPlainDate();
  const last = zoned(end, calendar.timezone).toPlainDate();
  while (end > start && Temporal.PlainDate.compare(day, last) <= 0) {
    const hours = open(calendar, day);
    if (hours !== null) sum += Math.max(0, Math.min(end, hours.to) - Math.max(start, hours.from));
    day = day.add({ days: 1 });
  }
  return sum / minute;
}

/** Whether an instant lies within working hours; the end of the day does not. */
export function isWorkingTime(calendar: WorkingCalendar, at: string): boolean {
  const moment = momentOf(at);
  const hours = open(calendar, zoned(moment, calendar.timezone).toPlainDate());
  return hours !== null && moment >= hours.from && moment < hours.to;
}

/**
 * §4.1: the same time on the n-th next business day; for an instant outside hours, the end of the n-th business day that
 * begins after it, so that a mail of the night is not better off than one of the morning after.
 */
export function addBusinessDays(calendar: WorkingCalendar, at: string, count: number): string {
  const moment = momentOf(at);
  const within = isWorkingTime(calendar, at);
  let left = count;
  for (const hours of openDays(calendar, moment)) {
    if (hours.from <= moment) continue;
    left -= 1;
    if (left > 0) continue;
    if (!within) return written(hours.to, calendar.timezone);
    const day = zoned(hours.from, calendar.timezone).toPlainDate();
    const plainTime = zoned(moment, calendar.timezone).toPlainTime();
    return day.toZonedDateTime({ timeZone: calendar.timezone, plainTime }).toString({ timeZoneName: 'never' });
  }
  throw new Failure('settings-unusable', 'unreachable: business days never end');
}
