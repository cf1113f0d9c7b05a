/** What the roles of the operator's people may do (POLICY §1 "Staff", §5): one table. */
import type { StaffMember, StaffRole } from './staff.ts';

export const staffRights = {
  /** Take and give cases, write on them, say what kind they are. */
  'cases: work': ['engineer', 'manager', 'director', 'licensing', 'admin'],
  /** Say how a caller was identified who has no PIN (§4.4). */
  'callers: identify': ['manager', 'director', 'admin'],
  'staff: manage': ['manager', 'director', 'admin'],
} as const satisfies Record<string, readonly StaffRole[]>;
export type StaffRight = keyof typeof staffRights;

export const staffMay = (member: StaffMember, right: StaffRight): boolean =>
  member.roles.some((role) => (staffRights[right] as readonly StaffRole[]).includes(role));
