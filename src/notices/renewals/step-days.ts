/** On which day a step of the ladder goes out, and when (POLICY §10.2). */
import { openDay, type WorkingCalendar } from '../../calendar/open-days.ts';
import { firstAt, written } from '../../calendar/working-time.ts';
import type { NoticesPolicy } from '../policy.ts';

/** Who is closed for longer than this gets the letter on the day itself: it would say little so long before. */
const mostDaysEarlier = 31;

export type StepDay = {
  /** Days after the earliest end of the group; before it below zero. */
  readonly step: number;
  /** The day on which it goes out. */
  readonly day: string;
  /** ISO 8601 with the offset of the site. */
  readonly dueAt: string;
};

/** The day itself where it is a business day, else the last one before it: earlier, never later. */
function businessDayUntil(calendar: WorkingCalendar, day: Temporal.PlainDate): Temporal.PlainDate {
  for (let earlier = 0; earlier <= mostDaysEarlier; earlier += 1) {
    const one = day.subtract({ days: earlier });
    if (openDay(calendar, one) !== null) return one;
  }
  return day;
}

/** The time of day at which letters go out there, ISO 8601 with offset. */
export const momentOn = (
  { timezone }: WorkingCalendar,
  day: Temporal.PlainDate,
  { at }: { readonly at: string },
): string => written(firstAt(day, Temporal.PlainTime.from(at), timezone), timezone);

/** All steps of what ends on a day, in their order. */
export function stepDays(
  calendar: WorkingCalendar,
  ends: string,
  policy: Pick<NoticesPolicy['renewals'], 'steps' | 'at'>,
): StepDay[] {
  const end = Temporal.PlainDate.from(ends);
  return policy.steps.map((step) => {
    const day = businessDayUntil(calendar, end.add({ days: step }));
    return { step, day: day.toString(), dueAt: momentOn(calendar, day, policy) };
  });
}
