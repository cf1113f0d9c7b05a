/** What the roles of the operator's people may do (POLICY §1 "Staff", §5): one table. */
import { type StaffMember, type StaffRole, staffRoles } from './staff.ts';

const workers = ['engineer', 'manager', 'director', 'licensing', 'admin'] as const;
/** Whoever works on cases, and client care; the others see. */
const desk = [...workers, 'client care'] as const;

/** What is not among these a contact may ask for themselves, and the desk for them. */
const staffRights = {
  /** Take and give cases, write on them, say what kind they are. */
  'cases: work': workers,
  'cases: update': workers,
  /** Say how a caller was identified who has no PIN (§4.4). */
  'callers: identify': ['manager', 'director', 'admin'],
  'staff: manage': ['manager', 'director', 'admin'],
  'letters: settle': desk,
  /** No letter goes out at all, until they do again. */
  'letters: pause': ['engineer', 'manager', 'director', 'client care', 'admin'],
  'mail: settle': desk,
  'senders: answer': desk,
  'senders: block': desk,
  'pins: issue': desk,
  'privileged PINs: use': workers,
  'privileged PINs: revoke': [...desk, 'security'],
  'registry: update': desk,
  /** What goes out about renewals, and when. */
  'renewals: update': ['renewal representative', 'manager', 'director', 'client care', 'admin'],
  /** What is erased does not come back (§11.5). */
  'people: erase': ['manager', 'director', 'client care', 'admin'],
  /** Letters to every customer at once. */
  'schedule: update': ['manager', 'director', 'client care', 'admin'],
  /** To see: pages of the console, and who did what. Secrets are in none of them. */
  'console: view': staffRoles,
  'audit: view': [...desk, 'security', 'viewer'],
  /** Queues and mailboxes: stopped, started, tried again. */
  'system: operate': ['engineer', 'manager', 'director', 'admin'],
  /** The words of letters; what is not about renewals needs the second one, too. */
  'templates: update': ['renewal representative', 'manager', 'director', 'admin'],
  'all templates: update': ['manager', 'director', 'admin'],
  /** Where other programs hear what happens. */
  'webhooks: manage': ['manager', 'director', 'admin'],
  'announcements: send': ['manager', 'director', 'client care', 'admin'],
} as const satisfies Record<string, readonly StaffRole[]>;
export type StaffRight = keyof typeof staffRights;

/** Who has a right, in the order of the roles. */
export const rolesWith = (right: string): readonly StaffRole[] =>
  Object.hasOwn(staffRights, right) ? staffRights[right as StaffRight] : desk;

export const staffMay = ({ roles }: Pick<StaffMember, 'roles'>, right: string): boolean =>
  roles.some((role) => rolesWith(right).includes(role));
