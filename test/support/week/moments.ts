/** Moments of the week as story and ledger write them: `F09:05` is Friday, 27 March 2026, 9:05 UTC. */
const days = {
  F: '2026-03-27',
  S: '2026-03-28',
  U: '2026-03-29',
  M: '2026-03-30',
  T: '2026-03-31',
  W: '2026-04-01',
  H: '2026-04-02',
  G: '2026-04-03',
} as const;

/** Also with the day as it is: `2026-04-07T10:30`. */
export function momentOf(written: string): string {
  const [, day = '', time = ''] = /^([FSUMTWHG])(\d\d:\d\d)$/.exec(written) ?? [];
  const date = days[day as keyof typeof days];
  if (date) return `${date}T${time}:00Z`;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(written)) return `${written}:00Z`;
  throw new Error(`"${written}" is no moment of the week`);
}

/** To the minute, as they are written. */
export function writtenOf(moment: Date | string): string {
  const at = new Date(moment).toISOString();
  const day = Object.entries(days).find(([, date]) => at.startsWith(date))?.[0];
  return day ? `${day}${at.slice(11, 16)}` : at.slice(0, 16);
}

export const minutesAfter = (written: string, minutes: number): string =>
  writtenOf(new Date(Date.parse(momentOf(written)) + minutes * 60_000));
