/**
 * Working hours as they are written down: the same on some days of the week, or each weekday with its own intervals and
 * breaks. The form of `policy: businessHours:` and of every other key that names hours.
 */
import { z } from 'zod';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = (typeof weekdays)[number];

/** Local times such as `09:00`; the second is the first moment after hours, `24:00` the end of the day. */
type Interval = readonly [from: string, to: string];

export type WorkingHours =
  /** Days as ISO 8601: Monday is 1. */
  | { readonly days: readonly number[]; readonly from: string; readonly to: string }
  /** A weekday that is left out, or has no interval, is no business day. */
  | { readonly [day in Weekday]?: readonly Interval[] };

const begin = z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'is not a time');
const endForm = /^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/;
const end = z.string().regex(endForm, 'is not a time');

const intervals = z.array(z.array(end)).superRefine((given, context) => {
  let free = '00:00';
  for (const [at, [from, to, ...more]] of given.entries()) {
    const fault = (message: string) => context.addIssue({ code: 'custom', path: [at], message });
    if (from === undefined || to === undefined || more.length > 0) fault('is not a beginning and an end');
    else if (endForm.test(from) && endForm.test(to)) {
      if (from >= to) fault('ends before it begins');
      else if (from < free) fault('begins before the one ahead of it has ended; they stand in order');
      else free = to;
    }
  }
});

const form = z.strictObject({
  days: z.array(z.number().int().min(1).max(7)).min(1).optional(),
  from: begin.optional(),
  to: end.optional(),
  mon: intervals.optional(),
  tue: intervals.optional(),
  wed: intervals.optional(),
  thu: intervals.optional(),
  fri: intervals.optional(),
  sat: intervals.optional(),
  sun: intervals.optional(),
});

const daily = ['days', 'from', 'to'] as const;

export const workingHoursSchema = form
  .superRefine((given, context) => {
    const fault = (message: string, path: string[] = []) => context.addIssue({ code: 'custom', path, message });
    const byDay = weekdays.filter((day) => given[day] !== undefined);
    if (daily.every((key) => given[key] === undefined)) {
      if (byDay.every((day) => given[day]?.length === 0)) fault('has no business day');
    } else if (byDay.length > 0) fault('has days, from and to, or weekdays, and not both');
    else {
      for (const key of daily) if (given[key] === undefined) fault('is missing', [key]);
      if (given.from !== undefined && given.to !== undefined && given.from >= given.to)
        fault('business hours must end after they begin');
    }
  })
  // In the order of the week, so that the same hours are the same text.
  .transform(
    (given) =>
      Object.fromEntries(
        [...daily, ...weekdays].filter((key) => given[key] !== undefined).map((key) => [key, given[key]]),
      ) as WorkingHours,
  );

/** Minutes of the clock on the wall since midnight; 1440 is the end of the day. */
export type WallSpan = { readonly from: number; readonly to: number };
/** `text` is the same for the same intervals. */
type DayHours = { readonly spans: readonly WallSpan[]; readonly text: string };

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function dayHours(hours: WorkingHours, day: Weekday, dayOfWeek: number): DayHours {
  const given: readonly Interval[] =
    'days' in hours ? (hours.days.includes(dayOfWeek) ? [[hours.from, hours.to]] : []) : (hours[day] ?? []);
  return { spans: given.map(([from, to]) => ({ from: minutesOf(from), to: minutesOf(to) })), text: given.join(' ') };
}

const weeks = new WeakMap<WorkingHours, readonly DayHours[]>();

/** The hours of each day, Monday first; worked out once for the same object. */
export function weekOf(hours: WorkingHours): readonly DayHours[] {
  const known = weeks.get(hours);
  if (known) return known;
  const week = weekdays.map((day, at) => dayHours(hours, day, at + 1));
  weeks.set(hours, week);
  return week;
}
