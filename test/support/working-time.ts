/** By the same days as the clock counts, and not by its sums. */
import { openDay, type WorkingCalendar, wallAt } from '../../src/calendar/open-days.ts';

/** Whether an instant lies within working hours; the end of the day and the beginning of a break do not. */
export function isWorkingTime(calendar: WorkingCalendar, at: string): boolean {
  const moment = Temporal.Instant.from(at).epochMilliseconds;
  const day = openDay(calendar, wallAt(moment, calendar.timezone).toPlainDate());
  return day?.spans.some(({ from, to }) => moment >= from && moment < to) ?? false;
}
