import { openDay, type WorkingCalendar } from './open-days.ts';
import { firstAt, written } from './working-time.ts';

/**
 * The n-th business day of a month at a time of the clock on the wall there (`09:00`), ISO 8601 with offset; null where the month has not
 * so many.
 */
export function businessDayOfMonth(
  calendar: WorkingCalendar,
  month: Temporal.PlainYearMonth,
  { count, at }: { readonly count: number; readonly at: string },
): string | null {
  let left = count;
  for (let day = 1; day <= month.daysInMonth; day += 1) {
    const date = month.toPlainDate({ day });
    if (openDay(calendar, date) === null) continue;
    left -= 1;
    if (left === 0) return written(firstAt(date, Temporal.PlainTime.from(at), calendar.timezone), calendar.timezone);
  }
  return null;
}
