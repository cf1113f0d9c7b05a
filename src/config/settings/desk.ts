/** Our own addresses, keys and people, and by which policy mail is decided. */
import { holidaysOf } from '../../calendar/holidays.ts';
import type { Policy } from '../../intake/policy.ts';
import { openRoster, type Roster } from '../../staff/roster.ts';
import type { StaffMember, StaffRole } from '../../staff/staff.ts';
import { readAddress, type Source } from './source.ts';
import type { Settings } from './types.ts';
import { readNetworks } from './web.ts';

/** In the place of the support address, for commands that do without. */
export const unsetAddress = 'support@localhost.invalid';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

type Desk = Pick<Settings, 'keys' | 'logLevel' | 'reading' | 'policy' | 'bounces' | 'ours' | 'roster'>;

export function readDesk(from: Source, publicUrl: string): Desk {
  const { env, file, faults } = from;
  const addresses = readAddresses(from);
  const keys = readKeys(from);
  const senderAuth = env.SENDER_AUTH || 'sensitive';
  if (senderAuth !== 'sensitive' && senderAuth !== 'off' && senderAuth !== 'all')
    faults.add('SENDER_AUTH', `"${senderAuth}" is none of sensitive, off, all`);
  const logLevel = env.LOG_LEVEL || 'info';
  if (!logLevels.includes(logLevel)) faults.add('LOG_LEVEL', `"${logLevel}" is none of ${logLevels.join(', ')}`);
  const roster = openRoster(file.staff);
  return {
    keys,
    logLevel,
    roster,
    reading: { addresses, lists: file.lists, authservId: env.AUTHSERV_ID || null, keys, spam: file.spam.header },
    policy: {
      ...file.policy,
      publicHolidays: holidaysOf,
      desk: withPeople(roster, {
        addresses,
        languages: file.languages,
        phones: file.phones,
        staffDelay: file.staffDelay,
        timezone: file.timezone,
        outOfScope: file.outOfScope,
        senderAuth: senderAuth as Policy['desk']['senderAuth'],
        publicUrl,
        webhookPrivate: readNetworks(from, 'WEBHOOK_PRIVATE'),
      }),
    },
    bounces: addresses.bounces,
    ours: Object.values(addresses).filter((address) => address !== null),
  };
}

function readAddresses({ need, env, file, faults }: Source) {
  const before = faults.list.length;
  const support = readAddress(faults, 'SUPPORT_ADDRESS', env.SUPPORT_ADDRESS) ?? file.addresses.support ?? null;
  if (need !== 'command' && support === null && faults.list.length === before)
    faults.add('SUPPORT_ADDRESS', 'is needed: the address customers write to');
  return {
    support: support ?? unsetAddress,
    access: readAddress(faults, 'ACCESS_ADDRESS', env.ACCESS_ADDRESS) ?? file.addresses.access,
    renewals: readAddress(faults, 'RENEWALS_ADDRESS', env.RENEWALS_ADDRESS) ?? file.addresses.renewals,
    security: readAddress(faults, 'SECURITY_ADDRESS', env.SECURITY_ADDRESS) ?? file.addresses.security,
    care: readAddress(faults, 'CARE_ADDRESS', env.CARE_ADDRESS) ?? file.addresses.care,
    licensing: readAddress(faults, 'LICENSING_ADDRESS', env.LICENSING_ADDRESS) ?? file.addresses.licensing,
    bounces: file.addresses.bounces,
  };
}

/** The newest first. */
function readKeys({ need, env, faults }: Source): string[] {
  const keys = (env.SECRET_KEY ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean);
  if (keys.some((key) => Buffer.byteLength(key) < 32))
    faults.add('SECRET_KEY', 'every key has to be 32 bytes or more; make one with: openssl rand -hex 32');
  if (need !== 'command' && keys.length === 0)
    faults.add('SECRET_KEY', 'is needed: 32 bytes or more; make one with: openssl rand -hex 32');
  return keys;
}

type Teams = ReturnType<typeof teamsOf> & Pick<Policy['desk'], 'people'>;

/** Whoever asks who works here is told of whom the roster has in that moment. */
function withPeople(roster: Roster, desk: Omit<Policy['desk'], keyof Teams>): Policy['desk'] {
  let known: Teams | null = null;
  const now = (): Teams => {
    const { people } = roster;
    if (known?.people !== people) known = { people, ...teamsOf(people, desk.addresses.renewals) };
    return known;
  };
  const names = ['people', 'staff', 'renewalTeam', 'security', 'care', 'licensing'] as const satisfies (keyof Teams)[];
  const live = names.map((name) => [name, { enumerable: true, get: () => now()[name] }] as const);
  return Object.defineProperties({ ...desk } as Policy['desk'], Object.fromEntries(live));
}

/** Who is told of what; where nobody has a role, all but the representatives and viewers are. */
function teamsOf(
  staff: readonly StaffMember[],
  renewals: string | null,
): Pick<Policy['desk'], 'staff' | 'renewalTeam' | 'security' | 'care' | 'licensing'> {
  const withRole = (role: StaffRole) =>
    staff.filter((person) => person.roles.includes(role)).map((person) => person.email);
  const others = staff
    .filter((person) => person.roles.some((role) => role !== 'renewal representative' && role !== 'viewer'))
    .map((person) => person.email);
  const withRoleOr = (role: StaffRole, instead: readonly string[]) => {
    const people = withRole(role);
    return people.length > 0 ? people : instead;
  };
  return {
    staff: others,
    renewalTeam: withRoleOr('renewal representative', renewals ? [renewals] : others),
    security: withRoleOr('security', others),
    care: withRoleOr('client care', others),
    licensing: withRoleOr('licensing', others),
  };
}
