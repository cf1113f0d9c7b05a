/** How our people sign in to the console: by what, how long it lasts, and how often it may be tried. */
import type { StaffMember } from './staff.ts';

/** `demo`: on this machine, by itself. */
const signInWays = ['code', 'passkey', 'provider', 'link', 'demo'] as const;
export type SignInWay = (typeof signInWays)[number];

/** Without a request, and in all. */
export const sessionIdleHours = 12;
export const sessionDays = 30;

/** From the moment it was asked for; of a code, a link, and whatever else is begun and has to be ended. */
export const attemptMinutes = 10;
/** So many wrong codes, and another one has to be asked for. */
export const codeTries = 5;

/** What is counted, for an address of the network and for an account; an account is counted whether it is one or not. */
export const signInLimits = {
  /** Codes asked for from one address of the network. */
  'asked-from': { most: 30, minutes: 15 },
  /** Codes for one account. */
  'asked-for': { most: 6, minutes: 15 },
  /** Codes typed, passkeys shown and links opened, from one address of the network. */
  'tried-from': { most: 60, minutes: 15 },
} as const satisfies Record<string, { most: number; minutes: number }>;
export type SignInLimit = keyof typeof signInLimits;

/** Who that is among our people; `added` is their row where postern.yaml does not name them. Null: nobody of ours. */
export function memberNow(
  people: readonly StaffMember[],
  email: string,
  added: StaffMember | null,
): StaffMember | null {
  return people.find((one) => one.email === email && one.added !== true) ?? (added && { ...added, added: true });
}

/** The roles that a person does not have any more. */
export const rolesLost = (before: StaffMember, after: StaffMember): readonly string[] =>
  before.roles.filter((role) => !after.roles.includes(role));

// Each names itself beside those that it wants to be taken for, so the order counts.
const browsers = [
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:HeadlessChrome|Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const;
const systems = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows NT\b/],
  ['Mac', /\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** `Firefox, Linux`: enough to know one's own again. Nothing of what a browser says of itself is shown as it came. */
export function deviceOf(userAgent: string | undefined): string {
  const first = (list: readonly (readonly [string, RegExp])[]) =>
    list.find(([, form]) => form.test(userAgent ?? ''))?.[0];
  const named = [first(browsers), first(systems)].filter((one) => one !== undefined);
  return named.join(', ') || 'a device that does not say what it is';
}
