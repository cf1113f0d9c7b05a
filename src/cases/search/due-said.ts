/** How soon something is due, as people type it: `2h`, `30min`, `3d`, `today`. */

const units = { m: 'minutes', min: 'minutes', h: 'hours', d: 'days', w: 'weeks' } as const;

export const spansMeant = 'how soon, such as 30min, 2h or 3d, or today, tomorrow, or a day such as 2026-11-30';

const isSpan = /^(\d{1,4})\s?(min|[mhdw])?$/;

/** Counted from now, and no day of its own. */
export const isFromNow = (said: string): boolean => isSpan.test(said.trim().toLowerCase());

function dayOf(said: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  if (said === 'today') return today;
  if (said === 'tomorrow') return today.add({ days: 1 });
  if (!/^\d{4}-\d{2}-\d{2}$/.test(said)) return null;
  try {
    return Temporal.PlainDate.from(said, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** ISO 8601, UTC: so far from now, or the end of that day in the zone, or where it begins. Null: it cannot be read. */
export function dueSaid(
  given: string,
  at: { readonly now: string; readonly zone: string },
  edge: 'begin' | 'end' = 'end',
): string | null {
  const said = given.trim().toLowerCase();
  const now = Temporal.Instant.from(at.now).toZonedDateTimeISO(at.zone);
  const span = isSpan.exec(said);
  if (span) {
    const [, count, unit = 'h'] = span;
    return now
      .add({ [units[unit as keyof typeof units]]: Number(count) })
      .toInstant()
      .toString();
  }
  const day = dayOf(said, now.toPlainDate());
  if (day === null || day.year < 1970 || day.year > 9998) return null;
  return day
    .add({ days: edge === 'end' ? 1 : 0 })
    .toZonedDateTime(at.zone)
    .toInstant()
    .toString();
}
