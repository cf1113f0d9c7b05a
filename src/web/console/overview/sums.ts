/** What the hours come to, by the viewer's day. */
import type { Hour } from '../../../upkeep/overview/look.ts';

export type Sums = {
  /** The hour that runs, today since midnight, and the last seven days. */
  readonly hour: number;
  readonly day: number;
  readonly week: number;
};

/** Hours are of UTC: where a zone is half an hour off, that of midnight counts to the day that it begins in. */
export function sumsOf(hours: readonly Hour[], of: 'mails' | 'letters', zone: string, now: string): Sums {
  const midnight = Temporal.Instant.from(now).toZonedDateTimeISO(zone).startOfDay().epochMilliseconds;
  const begins = Math.floor(midnight / 3_600_000) * 3_600_000;
  const sum = (some: readonly Hour[]) => some.reduce((all, one) => all + one[of], 0);
  return {
    hour: hours.at(-1)?.[of] ?? 0,
    day: sum(hours.filter(({ hour }) => Date.parse(hour) >= begins)),
    week: sum(hours),
  };
}
