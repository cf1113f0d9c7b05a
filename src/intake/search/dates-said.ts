/** A moment as people type it into a search: a day, a name of one, or how long ago. */

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const units = { h: 'hours', d: 'days', w: 'weeks' } as const;

export const datesMeant = 'a day such as 2026-11-24, today, yesterday, monday, or how long ago, such as 3d or 12h';

/** A weekday is the last one of that name, today counting. */
function dayOf(said: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  if (said === 'today') return today;
  if (said === 'yesterday') return today.subtract({ days: 1 });
  const weekday = weekdays.indexOf(said);
  if (weekday >= 0) return today.subtract({ days: (today.dayOfWeek - (weekday + 1) + 7) % 7 });
  if (!/^\d{4}-\d{2}-\d{2}$/.test(said)) return null;
  try {
    return Temporal.PlainDate.from(said, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** ISO 8601, UTC: where the day begins in that zone, or the moment so long ago. Null: it cannot be read. */
export function momentSaid(given: string, at: { readonly now: string; readonly zone: string }): string | null {
  const said = given.toLowerCase();
  const now = Temporal.Instant.from(at.now).toZonedDateTimeISO(at.zone);
  const ago = /^(\d{1,4})([hdw])$/.exec(said);
  if (ago) {
    const [, count, unit] = ago as unknown as [string, string, keyof typeof units];
    return now
      .subtract({ [units[unit]]: Number(count) })
      .toInstant()
      .toString();
  }
  const day = dayOf(said, now.toPlainDate());
  if (day === null || day.year < 1970) return null;
  return day.toZonedDateTime(at.zone).toInstant().toString();
}
