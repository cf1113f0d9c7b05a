/**
 * Public holidays by country and state. The data are those of date-holidays (CC BY-SA 3.0). Its rules take some 30 MB and
 * 150 ms to load, so it is loaded when the first holiday is asked for, and a year of a country is worked out once.
 */
import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { IsHoliday } from './own-holidays.ts';

const require = createRequire(import.meta.url);
const dayMs = 86_400_000;
/** A day on which the clocks change may have 23 hours and is a day all the same. */
const slackMs = 2 * 3_600_000;

/** Results of a pure function, days as ISO dates. */
const years = new Map<string, ReadonlySet<string>>();
const mostYears = 2_000;

/**
 * Whole days only: half a day off (Women's Day in China), and the eve on which a Jewish or Muslim holiday begins, are
 * working days. Regional rules count with the state, those of single towns never.
 */
function publicHolidays(country: string, state: string, year: number): ReadonlySet<string> {
  const Calendar = require('date-holidays') as typeof Holidays;
  const calendar = new Calendar({ country, ...(state === '' ? {} : { state }) }, { types: ['public'] });
  const days = new Set<string>();
  for (const holiday of calendar.getHolidays(year) ?? []) {
    const first = Temporal.PlainDate.from(holiday.date.slice(0, 10));
    const length = Math.floor((holiday.end.getTime() - holiday.start.getTime() + slackMs) / dayMs);
    for (let ahead = 0; ahead < length; ahead += 1) days.add(first.add({ days: ahead }).toString());
  }
  return days;
}

function holidaysOfYear(country: string, state: string, year: string): ReadonlySet<string> {
  const key = `${country}/${state}/${year}`;
  const known = years.get(key);
  if (known) return known;
  const days = publicHolidays(country, state, Number(year));
  if (years.size >= mostYears) years.clear();
  years.set(key, days);
  return days;
}

/**
 * The public holidays of a country (ISO 3166-1 alpha-2) and, where known, a state (ISO 3166-2 without the country). A country
 * that is not in the data has none; an unknown state has those of the country.
 */
export function holidaysOf(country: string, state = ''): IsHoliday {
  const land = country.toUpperCase();
  const part = state.toUpperCase();
  return (day) => holidaysOfYear(land, part, day.slice(0, 4)).has(day);
}
