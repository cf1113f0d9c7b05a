/** Our people as the console shows them: who they are, whether they are there, and where they are signed in. */

import type { Policy } from '../../intake/policy.ts';
import { absenceAt, onDuty } from '../../staff/on-duty.ts';
import type { Database } from '../../store/database.ts';
import { type ListedPasskey, listPasskeys } from '../../store/sign-in/passkeys.ts';
import { type ListedSession, lastSeen, listSessions } from '../../store/sign-in/sessions.ts';
import { type ListedStaff, listStaff } from './list-staff.ts';

export type ShownPerson = ListedStaff & {
  /** By hours and absences. */
  readonly there: boolean;
  /** The last day of an absence, where there is one now. */
  readonly absentUntil: string | null;
  /** ISO 8601, in the console; null: never. */
  readonly seenAt: string | null;
  readonly sessions: number;
};
export type { ListedPasskey, ListedSession };

export type StaffPages = {
  /** Those in force, by name. */
  people(): Promise<readonly ShownPerson[]>;
  /** Null: of everybody. */
  sessions(email: string | null): Promise<readonly ListedSession[]>;
  passkeys(email: string | null): Promise<readonly ListedPasskey[]>;
};

export const openStaffPages = (app: { readonly database: Database; readonly policy: Policy }): StaffPages => ({
  async people() {
    const { desk, businessHours, holidays } = app.policy;
    const [all, seen, sessions] = await Promise.all([
      listStaff(app),
      lastSeen(app.database),
      listSessions(app.database, null),
    ]);
    const now = new Date().toISOString();
    const time = { businessHours, holidays, timezone: desk.timezone };
    return all
      .filter(({ inForce }) => inForce)
      .map((one) => ({
        ...one,
        there: onDuty(one, now, time),
        absentUntil: absenceAt(one, now, desk)?.to ?? null,
        seenAt: seen.get(one.email) ?? null,
        sessions: sessions.filter(({ staff }) => staff === one.email).length,
      }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  },
  sessions: (email) => listSessions(app.database, email),
  passkeys: (email) => listPasskeys(app.database, email),
});
