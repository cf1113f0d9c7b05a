/** Our people as they stand in postern.yaml and in the database; where both name somebody, postern.yaml is in force. */
import type { Policy } from '../../intake/policy.ts';
import type { StaffMember } from '../../staff/staff.ts';
import type { Database } from '../../store/database.ts';
import { staffRows } from '../../store/staff/staff-rows.ts';

export type ListedStaff = Omit<StaffMember, 'added'> & {
  readonly from: 'postern.yaml' | 'added';
  readonly inForce: boolean;
};

export async function listStaff(app: { readonly database: Database; readonly policy: Policy }): Promise<ListedStaff[]> {
  const ofFile = app.policy.desk.people.filter((one) => one.added !== true);
  const named = new Set(ofFile.map(({ email }) => email));
  const added = await staffRows(app.database);
  return [
    ...ofFile.map((one) => ({ ...one, from: 'postern.yaml', inForce: true }) as const),
    ...added.map((one) => ({ ...one, from: 'added', inForce: !named.has(one.email) }) as const),
  ];
}
