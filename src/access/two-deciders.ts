/** Which grants need two who decide (`policy.access.twoDeciders`): of a role that is listed, and of what makes as much of another. */
import {
  compareLevels,
  type Granted,
  type PrivilegeName,
  type Privileges,
  privilegeNames,
} from '../registry/contacts/privileges.ts';
import { privilegesOf } from '../registry/permissions.ts';
import type { RegistryPolicy } from '../registry/policy.ts';
import type { Role } from '../registry/site.ts';
import type { AccessPolicy } from './policy.ts';

type Policy = AccessPolicy & Pick<RegistryPolicy, 'roleDefaults'>;

const atLeast = (one: Privileges, other: Privileges): boolean =>
  privilegeNames.every((name) => compareLevels(name, one[name], other[name]) >= 0);

/** A lesser role with privileges beside it would pass the second by. */
export function needsTwo(role: Role, privileges: Granted, policy: Policy): boolean {
  const listed = policy.access.twoDeciders;
  if (listed.length === 0) return false;
  if ((listed as readonly Role[]).includes(role)) return true;
  const [own, given] = [privilegesOf(role, policy), privilegesOf(role, policy, privileges)];
  const raised = (name: PrivilegeName): boolean => compareLevels(name, given[name], own[name]) > 0;
  if (given['manage access'] === 'update' && raised('manage access')) return true;
  return listed.some((one) => {
    const least = privilegesOf(one, policy);
    return atLeast(given, least) && !atLeast(own, least);
  });
}
