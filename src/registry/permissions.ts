/** What a contact may (POLICY §1, §11.7): role defaults from the policy file, and what stands otherwise on record. */

import { compareLevels, type Granted, type PrivilegeName, type Privileges } from './contacts/privileges.ts';
import type { RegistryPolicy } from './policy.ts';
import { type Contact, type Role, roles } from './site.ts';

export { type Privileges, privilegeNames } from './contacts/privileges.ts';

type Defaults = Pick<RegistryPolicy, 'roleDefaults'>;
/** Of a contact what counts here. */
type Standing = Pick<Contact, 'role' | 'privileges'>;

export const privilegesOf = (role: Role, policy: Defaults, granted: Granted = {}): Privileges => ({
  ...policy.roleDefaults[role],
  ...granted,
});

const standingOf = ({ role, privileges }: Standing, policy: Defaults): Privileges =>
  privilegesOf(role, policy, privileges);

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
export const isDecider = (role: Role, policy: Defaults, granted: Granted = {}): boolean =>
  role === 'primary' || privilegesOf(role, policy, granted)['manage access'] === 'update';

/** The deciders of a site. */
export const decidersOf = (contacts: readonly Contact[], policy: Defaults): Contact[] =>
  contacts.filter(({ role, privileges }) => isDecider(role, policy, privileges));

/** A privileged PIN is issued to these roles (§1), and good for so many hours. */
export const privilegedPinRoles = ['primary', 'secondary', 'technical contact'] as const satisfies readonly Role[];
export const privilegedPinHours = 24;

export const mayHavePrivilegedPin = (role: Role): boolean => (privilegedPinRoles as readonly Role[]).includes(role);

const opens =
  (name: PrivilegeName, least: string) =>
  (contact: Standing, policy: Defaults): boolean =>
    compareLevels(name, standingOf(contact, policy)[name], least) >= 0;

const mayAnswer = opens('cases', 'update');

type OnCase = { readonly kind: string; readonly participants: readonly string[] };
type Person = Standing & Pick<Contact, 'email' | 'aliases'>;

/** By any of the addresses on record: a case that was opened from one of them is followed from another. */
export const takesPart = (
  on: Pick<OnCase, 'participants'> | undefined,
  { email, aliases }: Pick<Contact, 'email' | 'aliases'>,
): boolean => [email, ...aliases].some((one) => on?.participants.includes(one));

/** Whether a case of their site is theirs, whatever level they have: a provisional caller has own ones (§8.3), a licence user those about licences as well (§1). */
export function isTheirs(on: OnCase, contact: Person): boolean {
  const opens = mayOpenCases(contact.role);
  if (opens === 'any' || takesPart(on, contact)) return true;
  return opens === 'licensing' && on.kind === 'licensing';
}

/** Whoever answers about strangers on a case of their own (§3.r10). */
export const mayAdmit = (contact: Standing, policy: Defaults): boolean =>
  mayOpenCases(contact.role) === 'any' && mayAnswer(contact, policy);

/**
 * The rights of acts that a contact may have, each with what it takes (§11.7). A provisional caller has own cases only and no PIN (§8.3).
 * Whoever is the primary decides, whatever stands beside the role.
 */
export const contactRights = {
  'help: view': () => true,
  'own details: update': ({ role }) => role !== 'provisional caller',
  // Nobody has to read on what they do not want.
  'own letters: update': () => true,
  // A PIN opens cases: who may open none has no use for one.
  'pins: view': (contact, policy) => contact.role !== 'provisional caller' && mayAnswer(contact, policy),
  'privileged PINs: issue': (contact, policy) => mayHavePrivilegedPin(contact.role) && mayAnswer(contact, policy),
  'access: view': (contact, policy) => contact.role === 'primary' || opens('manage access', 'view')(contact, policy),
  'access: update': ({ role, privileges }, policy) => isDecider(role, policy, privileges),
  'contacts: view': opens('contact updates', 'view'),
  'contacts: update': opens('contact updates', 'update'),
  /** Roles and privileges are seen by who manages access, or the contacts. */
  'people: view': (contact, policy) =>
    contact.role === 'primary' ||
    opens('manage access', 'view')(contact, policy) ||
    opens('contact updates', 'view')(contact, policy),
  'documents: view': opens('documents', 'view'),
  'documents: update': opens('documents', 'update'),
  // Whoever has got the number may say that the product has come (§8.11).
  'licences: register': ({ role }) => role !== 'provisional caller',
  'reporting: view': opens('reporting', 'view'),
  'cases: view': opens('cases', 'view'),
  'cases: update': mayAnswer,
  'downloads: software': opens('downloads', 'software'),
  'downloads: media': opens('downloads', 'software and media'),
  'downloads: quotes': opens('downloads', 'with quotes, catalogue and renewals'),
} as const satisfies Record<string, (contact: Standing, policy: Defaults) => boolean>;
export type ContactRight = keyof typeof contactRights;

/** What is not among these is for our own people. */
export const contactMay = (right: string, contact: Standing, policy: Defaults): boolean =>
  Object.hasOwn(contactRights, right) && contactRights[right as ContactRight](contact, policy);

/** §11.7: the roles that have a right where nothing else stands on record of a contact. */
export const rolesWith = (right: ContactRight, policy: Defaults): Role[] =>
  roles.filter((role) => contactMay(right, { role }, policy));

/** Whoever was given the last level of *downloads* by name gets copies of quotes; a primary who has it by role only where they are told. */
export const givenQuotes = (contact: Standing, policy: Defaults): boolean =>
  contact.privileges?.downloads !== undefined && contactMay('downloads: quotes', contact, policy);

/** Who may follow no case any more hears of none (§8.9). */
export const leavesCases = (before: Standing, after: Standing, policy: Defaults): boolean =>
  contactMay('cases: view', before, policy) && !contactMay('cases: view', after, policy);

/**
 * Of what somebody would have (`next`) the privileges that are more than the giver has: nobody gives more than their own (§8.4). What
 * they `had` before is not given.
 */
export const moreThanOwn = (
  giver: Standing,
  next: Standing,
  had: Standing | null,
  policy: Defaults,
): PrivilegeName[] => {
  const [own, wanted] = [standingOf(giver, policy), standingOf(next, policy)];
  const before = had && standingOf(had, policy);
  return (Object.keys(wanted) as PrivilegeName[]).filter(
    (name) =>
      compareLevels(name, wanted[name], own[name]) > 0 &&
      (before === null || compareLevels(name, wanted[name], before[name]) > 0),
  );
};
