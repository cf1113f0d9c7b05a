/** Letters on a schedule: which kinds there are, and when the turn of a site comes. Each kind stands still until it is started (POLICY §11.6). */
import { businessDayOfMonth } from '../calendar/days-of-month.ts';
import type { WorkingCalendar } from '../calendar/open-days.ts';
import { addBusinessDays } from '../calendar/working-time.ts';
import type { NoticesPolicy } from './policy.ts';

/** What comes round at every site. */
export const turnSchedules = ['contact-lists', 're-attestation'] as const;
export type TurnSchedule = (typeof turnSchedules)[number];
/** Renewals go by what ends (`renewals/`), the end of support by the versions on record (`support-ends.ts`). */
export const scheduleKinds = [...turnSchedules, 'renewals', 'end-of-support'] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];
/** Beside them the welcome of a site, which an import may ask for: once, and at once. */
export const turnKinds = [...turnSchedules, 'welcome'] as const;
export type TurnKind = (typeof turnKinds)[number];

/** `period` is the key of what goes out: of one site and kind there is one for each. `step`: reminders that lie behind, and the first letter. */
export type Turn = { readonly period: string; readonly step: number; readonly dueAt: string };

/** A calendar without such a day for so long is a mistake in the settings. */
const mostMonths = 25;

const rules = {
  'contact-lists': {
    of: ({ contactLists }: NoticesPolicy) => contactLists,
    isTurn: () => true,
    period: (month: Temporal.PlainYearMonth) => month.toString(),
  },
  're-attestation': {
    of: ({ reAttestation }: NoticesPolicy) => reAttestation,
    isTurn: ({ month }: Temporal.PlainYearMonth) => month % 3 === 1,
    period: ({ year, month }: Temporal.PlainYearMonth) => `${year}-Q${(month + 2) / 3}`,
  },
} as const satisfies Record<TurnSchedule, unknown>;

/** The first turn after a moment; null where the calendar has none. What lies behind is never made up for. */
export function nextTurn(
  kind: TurnSchedule,
  calendar: WorkingCalendar,
  after: string,
  policy: NoticesPolicy,
): Turn | null {
  const { of, isTurn, period } = rules[kind];
  const { businessDay: count, at } = of(policy);
  const now = Temporal.Instant.from(after);
  const first = now.toZonedDateTimeISO(calendar.timezone).toPlainDate().toPlainYearMonth();
  for (let ahead = 0; ahead < mostMonths; ahead += 1) {
    const month = first.add({ months: ahead });
    const dueAt = isTurn(month) ? businessDayOfMonth(calendar, month, { count, at }) : null;
    if (dueAt !== null && Temporal.Instant.compare(dueAt, now) > 0) return { period: period(month), step: 0, dueAt };
  }
  return null;
}

/** When the next step of a quarter comes, counted from the first letter: reminders, then client care; null behind them. */
export function stepAfter(
  { period, step }: Pick<Turn, 'period' | 'step'>,
  calendar: WorkingCalendar,
  now: string,
  { reAttestation: { reminderDays, careDays } }: NoticesPolicy,
): Turn | null {
  const days = [0, ...reminderDays, careDays];
  const [before, next] = [days[step], days[step + 1]];
  if (before === undefined || next === undefined) return null;
  return { period, step: step + 1, dueAt: addBusinessDays(calendar, now, next - before) };
}

/** Nobody is left to be reminded: the last step hands what is open to client care. */
export const isCareStep = (step: number, { reAttestation: { reminderDays } }: NoticesPolicy): boolean =>
  step > reminderDays.length;

/** §11.6: it could not go out for too long. */
export const isTooLate = (dueAt: string, now: string, { scheduleLateDays }: NoticesPolicy): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(dueAt).add({ hours: 24 * scheduleLateDays }), now) < 0;
