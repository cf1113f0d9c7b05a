/** What a contact may (POLICY §1): role defaults from the policy file, and what stands otherwise on record. */
import type { Privileges, RegistryPolicy } from './policy.ts';
import type { Contact, Role } from './site.ts';

export type { Privileges } from './policy.ts';

export const privilegeNames = [
  'manage access',
  'contact updates',
  'documents',
  'reporting',
  'cases',
  'downloads',
] as const satisfies readonly (keyof Privileges)[];

type Granted = Readonly<Partial<Privileges>>;

export const privilegesOf = (
  role: Role,
  policy: Pick<RegistryPolicy, 'roleDefaults'>,
  granted: Granted = {},
): Privileges => ({ ...policy.roleDefaults[role], ...granted });

/** What a mail of this role may open: any case, licensing only, or limited as §8.3 says. */
export function mayOpenCases(role: Role): 'any' | 'licensing' | 'limited' {
  switch (role) {
    case 'primary':
    case 'secondary':
    case 'technical contact':
    case 'authorized user':
      return 'any';
    case 'licence user':
      return 'licensing';
    case 'provisional caller':
      return 'limited';
    default:
      return role satisfies never;
  }
}

/** Deciders: the primary, and whoever may update access. */
export const isDecider = (role: Role, policy: Pick<RegistryPolicy, 'roleDefaults'>, granted: Granted = {}): boolean =>
  role === 'primary' || privilegesOf(role, policy, granted)['manage access'] === 'update';

/** The deciders of a site; `grantedTo` gives what a contact has beyond the role. */
export const decidersOf = (
  contacts: readonly Contact[],
  policy: Pick<RegistryPolicy, 'roleDefaults'>,
  grantedTo: (contact: Contact) => Granted = () => ({}),
): Contact[] => contacts.filter((contact) => isDecider(contact.role, policy, grantedTo(contact)));

/** A privileged PIN is issued to these roles (§1), and good for so many hours. */
export const privilegedPinRoles = ['primary', 'secondary', 'technical contact'] as const satisfies readonly Role[];
export const privilegedPinHours = 24;

export const mayHavePrivilegedPin = (role: Role): boolean => (privilegedPinRoles as readonly Role[]).includes(role);

/** The rights of acts that a contact may have. A provisional caller has own cases only and no PIN (§8.3). */
const contactRights = {
  'help: view': () => true,
  'pins: view': (role) => role !== 'provisional caller',
  'privileged PINs: issue': mayHavePrivilegedPin,
  'cases: view': (role, policy) => privilegesOf(role, policy).cases !== 'none',
  'cases: update': (role, policy) => privilegesOf(role, policy).cases === 'update',
  'reporting: view': (role, policy) => privilegesOf(role, policy).reporting !== 'none',
} as const satisfies Record<string, (role: Role, policy: Pick<RegistryPolicy, 'roleDefaults'>) => boolean>;
export type ContactRight = keyof typeof contactRights;

/** What is not among these is for our own people. */
export const contactMay = (right: string, role: Role, policy: Pick<RegistryPolicy, 'roleDefaults'>): boolean =>
  Object.hasOwn(contactRights, right) && contactRights[right as ContactRight](role, policy);
