/** Who of a site gets which of the letters that answer nothing (POLICY §1 "Contact types", §8.10, §9): one table. */
import { type ContactRight, contactMay } from '../permissions.ts';
import type { RegistryPolicy } from '../policy.ts';
import { type Contact, type ContactType, roles } from '../site.ts';

/** What counts of a contact here; `unreachable`: letters have come back from the address on record. */
type Reader = Pick<Contact, 'role' | 'types' | 'privileges'> & { readonly unreachable?: boolean | undefined };

/**
 * `right`: the primary, and where no letter reaches them the first by role who has it. `first`: the first of a type in the order of
 * the registry whom letters reach, then the primary, then the first who has the right `else`. Else all of a type or role.
 */
const table = {
  'contacts-monthly': { right: 'contacts: update' },
  'contacts-quarterly': { right: 'access: update' },
  'contact-unreached': { right: 'access: update' },
  'site-welcome': { right: 'contacts: update' },
  'renewal-notice': { first: 'renewal', else: 'downloads: quotes' },
  'technical-welcome': { type: 'site technical', role: 'technical contact' },
} as const satisfies Record<
  string,
  | { readonly right: ContactRight }
  | { readonly first: ContactType; readonly else: ContactRight }
  | { readonly type: ContactType; readonly role: Contact['role'] }
>;
type SiteLetter = keyof typeof table;

export function addresseesOf<Person extends Reader>(
  letter: SiteLetter,
  people: readonly Person[],
  policy: Pick<RegistryPolicy, 'roleDefaults'>,
): Person[] {
  const reached = people.filter((one) => one.unreachable !== true);
  const to: (typeof table)[SiteLetter] = table[letter];
  if ('type' in to) return reached.filter((one) => one.types.includes(to.type) || one.role === to.role);
  if ('first' in to) {
    const [first] = reached.filter((one) => one.types.includes(to.first));
    const found =
      first ?? reached.find((one) => one.role === 'primary') ?? reached.find((one) => contactMay(to.else, one, policy));
    return found ? [found] : [];
  }
  const inOrder = reached.toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));
  return inOrder.filter((one) => one.role === 'primary' || contactMay(to.right, one, policy)).slice(0, 1);
}
