/** What happens to one site over years, as data: two programs read it and have to come to the same letters. */
import type { WorkingCalendar } from '../../../src/calendar/open-days.ts';
import type { Contact, Licence, Plan } from '../../../src/registry/site.ts';

export type Person = Pick<Contact, 'role' | 'types'> & { readonly id: string };
export type OnRecord = {
  readonly licences: readonly Licence[];
  readonly plans: readonly Plan[];
  /** In the order of the registry. */
  readonly people: readonly Person[];
};

/** Moments are epoch milliseconds as the clock shows them that the scheduler goes by; it may be moved. */
export type Happening =
  /** From then on this is on record. */
  | ({ readonly kind: 'change'; readonly at: number } & OnRecord)
  /** The scheduler runs from one moment up to another; what lies between two runs is a downtime, or the clock was moved. */
  | { readonly kind: 'run'; readonly from: number; readonly to: number };

export type Story = {
  readonly timezone: string;
  /** ISO weekdays. */
  readonly weekdays: readonly number[];
  readonly isHoliday: (day: string) => boolean;
  readonly startedAt: number;
  readonly happenings: readonly Happening[];
  /** From when on letters to a person come back. */
  readonly deadFrom: Readonly<Record<string, number>>;
};

/** A step that is settled. */
export type LedgerRow = {
  readonly group: string;
  readonly step: number;
  readonly at: number;
  /** `id to`, by their end; empty: it was skipped. */
  readonly named: readonly string[];
  /** Whom it reached in the end; null: nobody, or it was skipped. */
  readonly reached: string | null;
};

export const calendarOf = ({ timezone, weekdays, isHoliday }: Story): WorkingCalendar => ({
  timezone,
  hours: { days: weekdays, from: '08:00', to: '17:00' },
  isHoliday,
});
