/**
 * Who a customer is and what was bought (POLICY §1). A day is an ISO date such as `2026-03-31`, a day in the site's time
 * zone; ISO dates compare as strings. `from` and `to` are both covered.
 */
import type { OwnHolidays } from '../calendar/own-holidays.ts';
import type { WorkingHours } from '../calendar/working-hours.ts';
import type { ContactId, SiteId, SiteNumber } from '../foundation/ids.ts';
import type { Granted } from './contacts/privileges.ts';

export type Site = {
  readonly id: SiteId;
  readonly number: SiteNumber;
  readonly name: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  /** State or region as ISO 3166-2 without the country, such as `BY`; holidays depend on it. */
  readonly state?: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timezone: string;
  /** BCP 47, such as `de`. */
  readonly language: string;
  /** In place of the desk's. */
  readonly businessHours?: WorkingHours;
  /** Beside the desk's, and before them. */
  readonly holidays?: OwnHolidays;
  /** Who of our people looks after its renewals (POLICY §10.4), by their address. */
  readonly representative?: string;
};

export const planKinds = ['standard', '24x7', 'premier'] as const;
export type PlanKind = (typeof planKinds)[number];
/** A plan that stands by itself; premier counts only on top of one of these. */
export type BasePlan = Exclude<PlanKind, 'premier'>;

export type Plan = { readonly kind: PlanKind; readonly from: string; readonly to: string };

export const licenceKinds = ['user', 'support', 'trial'] as const;
export type LicenceKind = (typeof licenceKinds)[number];

export type Licence = {
  readonly number: string;
  /** Names it beside the number. */
  readonly serviceTag?: string | null;
  readonly product: string;
  readonly edition?: string;
  readonly kind: LicenceKind;
  readonly quantity: number;
  /** Day of issue. */
  readonly from: string;
  /** Last covered day; null: a user licence has no end, a support licence ends as the policy says. */
  readonly to: string | null;
  readonly registeredOn: string | null;
};

/** By its number or its service tag, which are written in small letters, too. */
export function licenceNumbered<T extends Pick<Licence, 'number' | 'serviceTag'>>(
  licences: readonly T[],
  named: string,
): T | undefined {
  const small = named.trim().toLowerCase();
  const by = (name: string | null | undefined) => name?.toLowerCase() === small;
  return licences.find(({ number }) => by(number)) ?? licences.find(({ serviceTag }) => by(serviceTag));
}

/** A site with what it has bought. */
export type SiteFacts = {
  readonly site: Site;
  readonly plans: readonly Plan[];
  readonly licences: readonly Licence[];
};

export const roles = [
  'primary',
  'secondary',
  'technical contact',
  'authorized user',
  'licence user',
  'provisional caller',
] as const;
export type Role = (typeof roles)[number];

export const contactTypes = [
  'primary',
  'site technical',
  'administrative',
  'renewal',
  'media shipping',
  'billing',
] as const;
export type ContactType = (typeof contactTypes)[number];

export type Contact = {
  readonly id: ContactId;
  readonly siteId: SiteId;
  readonly name: string;
  /** Where letters go; normalised like `Mailbox.address`. */
  readonly email: string;
  /** Further addresses, normalised; an answer to a mail from one of them goes to that one. */
  readonly aliases: readonly string[];
  /** As the registry has it. */
  readonly phone?: string;
  readonly role: Role;
  readonly types: readonly ContactType[];
  /** What they may otherwise than their role. */
  readonly privileges?: Granted;
};

/** What else the registry has of a contact, as it is written there. */
export const contactDetails = ['phone', 'hours', 'street', 'city', 'state', 'postalCode'] as const;
export type ContactDetails = { readonly [name in (typeof contactDetails)[number]]?: string | undefined };

export const versionStages = ['full', 'limited', 'discontinued'] as const;
type VersionStage = (typeof versionStages)[number];

export type ProductVersion = {
  readonly product: string;
  readonly version: string;
  readonly stage: VersionStage;
  readonly preview: boolean;
  /** The last day of full support; those who have the version are told in time (POLICY §10.6). */
  readonly fullUntil?: string;
};

/** Seven digits, which the customer knows (POLICY §1). */
export const isSiteNumber = (text: string): boolean => /^\d{7}$/.test(text);
