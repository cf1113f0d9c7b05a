/**
 * Working time of a site: POLICY §4.1 and §4.6. A moment is working time where the clock on the wall shows a time within
 * hours. It is counted in real time: an hour that is skipped has no minutes, one that comes twice has them twice, and a
 * deadline of 60 minutes is always 60 minutes of the engineers' day. Neither breaks nor holidays count.
 */
import { Failure } from '../foundation/failure.ts';
import { type Moment, type OpenDay, openDay, openDays, type Span, type WorkingCalendar, wallAt } from './open-days.ts';

export type { WorkingCalendar } from './open-days.ts';

const minute = 60_000;

const momentOf = (at: string): Moment => Temporal.Instant.from(at).epochMilliseconds;

/** An instant as ISO 8601 with the offset of the time zone, such as `2026-03-31T10:00:00+02:00`. */
export const inZone = (at: string, timezone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(timezone).toString({ timeZoneName: 'never' });

const written = (at: Moment, timezone: string): string => wallAt(at, timezone).toString({ timeZoneName: 'never' });

/**
 * The moment at which that much working time has passed since `at`. Just at the end of a day, or at the beginning of a break,
 * stays there; nothing to add within hours is `at`, outside of them the next opening. Takes minutes (fractions allowed),
 * gives ISO 8601 with offset.
 */
export function addWorkingMinutes(calendar: WorkingCalendar, at: string, minutes: number): string {
  const start = momentOf(at);
  let left = Math.round(Math.max(0, minutes) * minute);
  let before: readonly Span[] = [];
  for (const { spans, returns } of openDays(calendar, start)) {
    if (returns) {
      before = spans;
      continue;
    }
    const inOrder = before.length === 0 ? spans : [...before, ...spans].sort((a, b) => a.from - b.from);
    before = [];
    for (const span of inOrder) {
      const from = Math.max(start, span.from);
      if (from >= span.to) continue;
      if (from + left <= span.to) return written(from + left, calendar.timezone);
      left -= span.to - from;
    }
  }
  throw new Failure('settings-unusable', 'unreachable: business days never end');
}

/** Working time between two instants in minutes, with fractions; 0 where `to` is not after `from`. */
export function workingMinutesBetween(calendar: WorkingCalendar, from: string, to: string): number {
  const start = momentOf(from);
  const end = momentOf(to);
  let sum = 0;
  // A day more at both ends: a day may come back after the first minute of the next.
  let day = wallAt(start, calendar.timezone).toPlainDate().subtract({ days: 1 });
  const last = wallAt(end, calendar.timezone).toPlainDate().add({ days: 1 });
  while (end > start && Temporal.PlainDate.compare(day, last) <= 0) {
    for (const span of openDay(calendar, day)?.spans ?? [])
      sum += Math.max(0, Math.min(end, span.to) - Math.max(start, span.from));
    day = day.add({ days: 1 });
  }
  return sum / minute;
}

const closing = ({ spans }: OpenDay): Moment => (spans.at(-1) ?? spans[0]).to;

/** The moment itself where it is within hours, the next opening where it is before them or in a break, else the end of the day. */
function withinHours(day: OpenDay, at: Moment): Moment {
  const span = day.spans.find(({ to }) => at < to);
  return span ? Math.max(at, span.from) : closing(day);
}

/** The first moment at which the clock on the wall shows a time or a later one: a time that is skipped is the change of the clocks. */
function firstAt(day: Temporal.PlainDate, plainTime: Temporal.PlainTime, timeZone: string): Moment {
  const found = day.toZonedDateTime({ timeZone, plainTime });
  const skipped = !found.toPlainTime().equals(plainTime);
  return ((skipped && found.getTimeZoneTransition('previous')) || found).epochMilliseconds;
}

/**
 * §4.1: the same time on the n-th next business day. An instant in a break counts as the end of the break; where that day is
 * closed at this time, its next opening, or its end. For an instant before or after hours: the end of the n-th business day
 * that begins after it, so that a mail of the night is not better off than one of the morning after.
 */
export function addBusinessDays(calendar: WorkingCalendar, at: string, count: number): string {
  const { timezone } = calendar;
  const moment = momentOf(at);
  const today = openDay(calendar, wallAt(moment, timezone).toPlainDate());
  const since = today && moment >= today.spans[0].from && moment < closing(today) ? withinHours(today, moment) : null;
  let left = count;
  for (const next of openDays(calendar, moment)) {
    if (next.spans[0].from <= moment) continue;
    left -= 1;
    if (left > 0) continue;
    if (since === null) return written(closing(next), timezone);
    return written(withinHours(next, firstAt(next.day, wallAt(since, timezone).toPlainTime(), timezone)), timezone);
  }
  throw new Failure('settings-unusable', 'unreachable: business days never end');
}
