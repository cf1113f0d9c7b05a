/** What the roles of the operator's people may do (POLICY §1 "Staff", §5): one table. */
import type { StaffMember, StaffRole } from './staff.ts';

const workers = ['engineer', 'manager', 'director', 'licensing', 'admin'] as const;
/** Whoever works on cases, and client care; the others see. */
const desk = [...workers, 'client care'] as const;

/** Also what a contact may ask for themselves, and our people for them. */
export const staffRights = {
  /** Take and give cases, write on them, say what kind they are. */
  'cases: work': workers,
  'cases: update': workers,
  'cases: view': desk,
  /** Say how a caller was identified who has no PIN (§4.4). */
  'callers: identify': ['manager', 'director', 'admin'],
  'staff: manage': ['manager', 'director', 'admin'],
  'help: view': desk,
  'reporting: view': desk,
  'letters: settle': desk,
  'mail: settle': desk,
  'senders: answer': desk,
  'senders: block': desk,
  'pins: issue': desk,
  'pins: view': desk,
  'privileged PINs: issue': desk,
  'privileged PINs: use': workers,
  'privileged PINs: revoke': [...desk, 'security'],
  'registry: update': desk,
} as const satisfies Record<string, readonly StaffRole[]>;
export type StaffRight = keyof typeof staffRights;

export const staffMay = (member: StaffMember, right: StaffRight): boolean =>
  member.roles.some((role) => (staffRights[right] as readonly StaffRole[]).includes(role));
