/** Hours and holidays of one site, as in `postern.yaml` or as the cell of a table: both come to the same, weekday by weekday. */
import { z } from 'zod';
import { isEmpty, type OwnHolidays, ownHolidaysSchema } from '../calendar/own-holidays.ts';
import { type WorkingHours, weekdays, workingHoursSchema } from '../calendar/working-hours.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const parts = (cell: string): string[] => cell.split('|').map((one) => one.trim());

const dayText = /^(mon|tue|wed|thu|fri|sat|sun)((?: +\d\d:\d\d-\d\d:\d\d)+)$/;

/** `mon 09:00-12:30 13:30-17:00|tue 09:00-17:00` as the form it stands for; numbers of days as numbers. */
function readHours(given: unknown, context: z.RefinementCtx): unknown {
  if (isObject(given) && Array.isArray(given.days))
    return { ...given, days: given.days.map((day) => (/^[1-7]$/.test(String(day)) ? Number(day) : day)) };
  if (typeof given !== 'string') return given;
  const days = parts(given).map((one) => dayText.exec(one.toLowerCase()));
  const names = new Set(days.map((found) => found?.[1]));
  if (days.includes(null) || names.size < days.length) {
    context.addIssue({ code: 'custom', message: 'is not written like mon 09:00-12:30 13:30-17:00|tue 09:00-17:00' });
    return z.NEVER;
  }
  const intervals = (times = '') => times.trim().split(/ +/);
  return Object.fromEntries(days.map((found) => [found?.[1], intervals(found?.[2]).map((one) => one.split('-'))]));
}

/** Days without hours are not named. */
const byWeekday = (hours: WorkingHours): WorkingHours =>
  Object.fromEntries(
    weekdays.flatMap((day, at): [string, unknown][] => {
      if (!('days' in hours)) return hours[day]?.length ? [[day, hours[day]]] : [];
      return hours.days.includes(at + 1) ? [[day, [[hours.from, hours.to]]]] : [];
    }),
  ) as WorkingHours;

export const siteHoursForm = z.preprocess(readHours, workingHoursSchema.transform(byWeekday));

/** `12-24|not 2026-05-25`: what follows `not` is worked. */
function readHolidays(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  const days = parts(given);
  const isTaken = (day: string) => /^not /i.test(day);
  return {
    add: days.filter((day) => !isTaken(day)),
    remove: days.filter(isTaken).map((day) => day.slice('not '.length).trim()),
  };
}

export const siteHolidaysForm = z.preprocess(
  readHolidays,
  ownHolidaysSchema.refine((own) => !isEmpty(own), 'names no day'),
);

/** As a cell holds it. */
export function hoursText(value: WorkingHours | OwnHolidays): string {
  if ('add' in value) return [...value.add, ...value.remove.map((day) => `not ${day}`)].join('|');
  if ('days' in value) return hoursText(byWeekday(value));
  return weekdays
    .flatMap((day) => {
      const times = (value[day] ?? []).map((one) => one.join('-'));
      return times.length > 0 ? [[day, ...times].join(' ')] : [];
    })
    .join('|');
}
