/** When people work at a place: its hours, or those of the desk, without the holidays of its country and of both. */
import type { WorkingCalendar } from './open-days.ts';
import { type IsHoliday, isEmpty, type OwnHolidays, withOwnHolidays } from './own-holidays.ts';
import type { WorkingHours } from './working-hours.ts';

/** The public holidays of a country and state; `holidays.ts` gives one. */
export type Holidays = (country: string, state?: string) => IsHoliday;

/** What of a site says when people work there; `Site` has it. */
export type ClockPlace = {
  readonly timezone: string;
  readonly country: string;
  readonly state?: string | undefined;
  readonly businessHours?: WorkingHours | undefined;
  readonly holidays?: OwnHolidays | undefined;
};
type DeskHours = { readonly businessHours: WorkingHours; readonly holidays: OwnHolidays };

/** Those of the desk, and before them those of the place. */
export const ownHolidaysOf = (place: Pick<ClockPlace, 'holidays'> | null, desk: DeskHours): OwnHolidays[] =>
  [desk.holidays, place?.holidays].flatMap((one) => (one && !isEmpty(one) ? [one] : []));

/** Without a place: UTC, and the desk's own holidays. */
export function placeCalendar(place: ClockPlace | null, desk: DeskHours, holidays: Holidays): WorkingCalendar {
  // Looked up with the first day that is asked about: many who have the calendar ask about none.
  let found: ReturnType<Holidays> | undefined;
  const ofCountry: ReturnType<Holidays> = (day) => {
    found ??= place ? holidays(place.country, place.state) : () => false;
    return found(day);
  };
  return {
    timezone: place?.timezone ?? 'UTC',
    hours: place?.businessHours ?? desk.businessHours,
    isHoliday: withOwnHolidays(ofCountry, ownHolidaysOf(place, desk)),
  };
}
