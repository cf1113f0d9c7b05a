/**
 * Holidays of one's own, beside those of the country: days that are added, and days that are worked all the same. A day is
 * written `2026-12-24`, each year `12-24`, several in a row `2026-12-24..2027-01-02` or `12-27..01-02`.
 */
import { z } from 'zod';

/** Whether a day (ISO date) is a holiday. */
export type IsHoliday = (day: string) => boolean;

export type OwnHolidays = { readonly add: readonly string[]; readonly remove: readonly string[] };

const dayForm = /^(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}$/;
const isYearly = (day: string): boolean => day.length === 5;

/** Each year has to have the day in one of four: 29 February is one, 30 February none. */
const isoDay = z.iso.date();
const isDay = (day: string): boolean =>
  dayForm.test(day) && isoDay.safeParse(isYearly(day) ? `2028-${day}` : day).success;

function faultOf(text: string): string | null {
  const [from = '', to = from, ...more] = text.split('..');
  if (!isDay(from) || !isDay(to) || more.length > 0 || isYearly(from) !== isYearly(to))
    return 'is not a day such as 2026-12-24, 12-24 for each year, or 2026-12-24..2027-01-02';
  return !isYearly(from) && from > to ? 'ends before it begins' : null;
}

const days = z
  .array(
    z.string().superRefine((text, context) => {
      const message = faultOf(text);
      if (message !== null) context.addIssue({ code: 'custom', message });
    }),
  )
  .max(400)
  .default([]);

export const ownHolidaysSchema = z.strictObject({ add: days, remove: days });

type Range = (day: string) => boolean;

function rangeOf(text: string): Range {
  const [from = '', to = from] = text.split('..');
  if (!isYearly(from)) return (day) => day >= from && day <= to;
  return (day) => {
    const ofYear = day.slice(5);
    return from <= to ? ofYear >= from && ofYear <= to : ofYear >= from || ofYear <= to;
  };
}

const ranges = new WeakMap<readonly string[], readonly Range[]>();

/** Worked out once for the same list. */
function rangesOf(texts: readonly string[]): readonly Range[] {
  const known = ranges.get(texts);
  if (known) return known;
  const made = texts.map(rangeOf);
  ranges.set(texts, made);
  return made;
}

/** Whether it says nothing: the hot path asks for nothing more then. */
export const isEmpty = ({ add, remove }: OwnHolidays): boolean => add.length + remove.length === 0;

/** Later lists go before earlier ones; within one, what is taken away goes before what is added. */
export const withOwnHolidays = (isHoliday: IsHoliday, own: readonly OwnHolidays[]): IsHoliday =>
  own
    .filter((one) => !isEmpty(one))
    .reduce<IsHoliday>((before, { add, remove }) => {
      const [added, removed] = [rangesOf(add), rangesOf(remove)];
      return (day) => !removed.some((has) => has(day)) && (added.some((has) => has(day)) || before(day));
    }, isHoliday);
