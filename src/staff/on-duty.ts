/** Who is there at a moment (POLICY §5.1), by hours and absences. */
import { type OwnHolidays, withOwnHolidays } from '../calendar/own-holidays.ts';
import type { WorkingHours } from '../calendar/working-hours.ts';
import { addWorkingMinutes, inZone } from '../calendar/working-time.ts';
import type { StaffMember } from './staff.ts';

/** When the desk works, for whom nothing else is said. */
export type DeskTime = {
  readonly businessHours: WorkingHours;
  readonly holidays: OwnHolidays;
  readonly timezone: string;
};

type Absence = StaffMember['absent'][number];

/** On the day of that moment where the person is. */
export function absenceAt(member: StaffMember, at: string, desk: { readonly timezone: string }): Absence | null {
  const day = inZone(at, member.timezone ?? desk.timezone).slice(0, 10);
  return member.absent.find(({ from, to }) => from <= day && day <= to) ?? null;
}

/** `at` as ISO 8601. Hours end with the first moment after them. */
export function onDuty(member: StaffMember, at: string, desk: DeskTime): boolean {
  const timezone = member.timezone ?? desk.timezone;
  if (absenceAt(member, at, desk)) return false;
  if (member.hours === 'always') return true;
  const hours = member.hours ?? desk.businessHours;
  const calendar = { timezone, hours, isHoliday: withOwnHolidays(() => false, [desk.holidays]) };
  // Outside of hours the next millisecond of work is further away. Moments of the database are finer than that.
  const msOf = (moment: string): number => Temporal.Instant.from(moment).epochMilliseconds;
  return msOf(addWorkingMinutes(calendar, at, 1 / 60_000)) === msOf(at) + 1;
}

/** Those on duty; where nobody is, all of them: somebody has to know. */
export function dutyOrAll(people: readonly StaffMember[], at: string, desk: DeskTime): readonly StaffMember[] {
  const there = people.filter((one) => onDuty(one, at, desk));
  return there.length > 0 ? there : people;
}
