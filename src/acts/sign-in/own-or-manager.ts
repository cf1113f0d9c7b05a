import { staffMay } from '../../staff/rights.ts';
import type { StaffMember } from '../../staff/staff.ts';
import { type Given, type Refusal, refused } from '../act.ts';
import { isRefusal, staffFor } from '../as-staff.ts';

/** What is of one person: theirs, and of whoever manages our people. Null: it may be done. */
export function unlessOwn(given: Given, email: string): Refusal | null {
  const who: StaffMember | Refusal | null = staffFor(given, 'console: view');
  if (isRefusal(who)) return who;
  if (who === null || who.email === email || staffMay(who, 'staff: manage')) return null;
  return refused('no-right', `${who.name} may do this for themselves only; a manager or an admin does it for others.`);
}
