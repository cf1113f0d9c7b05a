/** The days of a calendar on which somebody works, each with its hours as moments. */
import { Failure } from '../foundation/failure.ts';
import type { IsHoliday } from './own-holidays.ts';
import { type WallSpan, type WorkingHours, weekOf } from './working-hours.ts';

export type WorkingCalendar = {
  readonly timezone: string;
  readonly hours: WorkingHours;
  readonly isHoliday: IsHoliday;
};

/** Epoch milliseconds. */
export type Moment = number;
/** From the first moment to the one after the last. */
export type Span = { readonly from: Moment; readonly to: Moment };
/** Spans in order, apart from each other, none empty. */
export type OpenDay = {
  readonly day: Temporal.PlainDate;
  readonly spans: readonly [Span, ...Span[]];
  /** It comes back: its last span lies behind the first minute of the next day (St John's until 2011: 00:01 to 23:01). */
  readonly returns: boolean;
};

const minute = 60_000;
/** A calendar without a business day in two years is a mistake in the settings, not a deadline. */
const searchedDays = 731;

export const wallAt = (at: Moment, timezone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);

/** What the hours of a day are in a zone, whatever the calendar: the conversion is what a deadline costs. */
const converted = new Map<string, OpenDay | null>();
const mostConverted = 5_000;

/** Hours of one day; null where it is no business day or the zone never had that day (Samoa, 30 December 2011). */
export function openDay({ timezone, hours, isHoliday }: WorkingCalendar, day: Temporal.PlainDate): OpenDay | null {
  const ofDay = weekOf(hours)[day.dayOfWeek - 1];
  if (!ofDay || ofDay.spans.length === 0) return null;
  const name = day.toString();
  if (isHoliday(name)) return null;
  const key = `${name} ${timezone} ${ofDay.text}`;
  let known = converted.get(key);
  if (known === undefined) {
    if (converted.size >= mostConverted) converted.clear();
    known = convert(day, timezone, ofDay.spans);
    converted.set(key, known);
  }
  return known;
}

/** The stretches of a day on which the clock on the wall is within hours: up to a change of the clocks, and after it. */
function convert(day: Temporal.PlainDate, timezone: string, wall: readonly WallSpan[]): OpenDay | null {
  const start = day.toZonedDateTime(timezone);
  if (!start.toPlainDate().equals(day)) return null;
  const next = day.add({ days: 1 });
  // The last midnight where there are two.
  const end = next.toPlainDateTime().toZonedDateTime(timezone, { disambiguation: 'later' });
  const midnight = day.toZonedDateTime('UTC').epochMilliseconds;
  const spans: Span[] = [];
  let part = start;
  while (part.epochMilliseconds < end.epochMilliseconds) {
    const change = partAfter(part, end);
    const shift = midnight - part.offsetNanoseconds / 1_000_000;
    for (const one of wall) {
      const from = Math.max(part.epochMilliseconds, shift + one.from * minute);
      const to = Math.min(change.epochMilliseconds, shift + one.to * minute);
      const last = spans.at(-1);
      if (from >= to) continue;
      if (last?.to === from) spans[spans.length - 1] = { from: last.from, to };
      else spans.push({ from, to });
    }
    part = change;
  }
  const [first, ...rest] = spans;
  if (!first) return null;
  const firstMidnight = next.toZonedDateTime(timezone).epochMilliseconds;
  return { day, spans: [first, ...rest], returns: (rest.at(-1) ?? first).to > firstMidnight };
}

/** Where the clocks change next, or the end of the day: most days have the same offset at both ends. */
function partAfter(part: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  if (part.offsetNanoseconds === end.offsetNanoseconds) return end;
  const change = part.getTimeZoneTransition('next');
  return change !== null && change.epochMilliseconds < end.epochMilliseconds ? change : end;
}

/**
 * Business days from the day of `at` on; a Failure after two years without one. Within the first hour of a day also the day
 * before, which may come back.
 */
export function* openDays(calendar: WorkingCalendar, at: Moment): Generator<OpenDay> {
  const wall = wallAt(at, calendar.timezone);
  const first = wall.hour === 0 ? wall.toPlainDate().subtract({ days: 1 }) : wall.toPlainDate();
  let sinceLast = 0;
  for (let ahead = 0; sinceLast < searchedDays; ahead += 1) {
    const day = openDay(calendar, first.add({ days: ahead }));
    sinceLast = day === null ? sinceLast + 1 : 0;
    if (day !== null) yield day;
  }
  throw new Failure('settings-unusable', `no business day within ${searchedDays} days in ${calendar.timezone}`);
}
