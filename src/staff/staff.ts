/** The operator's people (POLICY §1 "Staff", §5): who they are, when they work, and on what. */
import { z } from 'zod';
import { type WorkingHours, workingHoursSchema } from '../calendar/working-hours.ts';
import { normaliseAddress } from '../mail/address/address.ts';

export const staffRoles = [
  'engineer',
  'manager',
  'director',
  'client care',
  'licensing',
  'renewal representative',
  'security',
  'admin',
  'viewer',
] as const;
/** A viewer sees the console and changes nothing; no letter goes to somebody for being one. */
export type StaffRole = (typeof staffRoles)[number];

export type StaffMember = {
  readonly name: string;
  /** Normalised; who they are in audit and on cases. */
  readonly email: string;
  readonly roles: readonly StaffRole[];
  /** Null: the business hours of the desk. */
  readonly hours: 'always' | WorkingHours | null;
  /** IANA name; null: that of the desk. */
  readonly timezone: string | null;
  /** Days, the last one included. */
  readonly absent: readonly { readonly from: string; readonly to: string }[];
  /** Empty: for all. */
  readonly products: readonly string[];
  /** By `postern staff add`; all others stand in postern.yaml. */
  readonly added?: true;
};

export const addressSchema = z.string().transform((value, context) => {
  const address = normaliseAddress(value);
  if (address !== null) return address;
  context.addIssue({ code: 'custom', message: `"${value}" is not an e-mail address` });
  return z.NEVER;
});

export const timezoneSchema = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}, 'is no time zone, such as Europe/London');

const absence = z
  .strictObject({ from: z.iso.date(), to: z.iso.date() })
  .refine(({ from, to }) => from <= to, 'ends before it begins');

/** One of `staff:` in `postern.yaml`, and of `postern staff add`. */
export const staffMemberSchema = z.strictObject({
  name: z.string().min(1),
  email: addressSchema,
  roles: z.array(z.enum(staffRoles)).min(1),
  hours: z
    .union([z.literal('always'), workingHoursSchema])
    .nullable()
    .default(null),
  timezone: timezoneSchema.nullable().default(null),
  absent: z.array(absence).default([]),
  products: z.array(z.string().min(1)).default([]),
});

export const withRole = (people: readonly StaffMember[], ...roles: readonly StaffRole[]): StaffMember[] =>
  people.filter((one) => roles.some((role) => one.roles.includes(role)));

/** Engineers who work on the product; on all of them where none is named. */
export const engineersFor = (people: readonly StaffMember[], product: string | null): StaffMember[] =>
  withRole(people, 'engineer').filter(
    ({ products }) =>
      product === null || products.length === 0 || products.some((one) => one.toLowerCase() === product.toLowerCase()),
  );

const spoken = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** Whoever an address, a name or a part of one may mean: one where it is whole, else all whose name has such a word. */
export function named(people: readonly StaffMember[], said: string): StaffMember[] {
  const word = spoken(said);
  const whole = people.filter(({ email, name }) => email === word || spoken(name) === word);
  return whole.length > 0 ? whole : people.filter(({ name }) => spoken(name).split(' ').includes(word));
}
