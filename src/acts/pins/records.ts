/** What acts on PINs see. */
import type { CaseNumber, ContactId, SiteNumber } from '../../foundation/ids.ts';
import type { Role } from '../../registry/site.ts';

export type SiteRecord = { readonly id: string; readonly number: SiteNumber; readonly pin: string | null };

type AtCase = {
  readonly site: SiteNumber;
  readonly siteName: string;
  readonly timezone: string;
  readonly language: string;
};

/** A privileged PIN, by PostgreSQL's clock. */
export type PrivilegedPinRecord = AtCase & {
  /** Of its row. */
  readonly id: string;
  /** `open`: it was used, and support may still write. */
  readonly state: 'good' | 'open' | 'used' | 'expired' | 'revoked' | 'no-right';
  readonly case: CaseNumber;
  readonly caseId: string;
  readonly contact: ContactId;
  readonly contactName: string;
  readonly until: string;
  /** The address on record of the primary contact of its site. */
  readonly primary: string | null;
};

/** Whom and what a privileged PIN would be for. */
export type PrivilegedSubject = AtCase & {
  /** Null: the site has no such case. */
  readonly case: CaseNumber | null;
  readonly caseId: string;
  readonly caseOpen: boolean;
  /** Null: the site has nobody of that address. */
  readonly contact: ContactId | null;
  readonly role: Role;
  /** The main one on record, and whether it takes mail for certain. */
  readonly address: string;
  readonly reachable: boolean;
};

export type PinNeeds = {
  /** A site by its number. */
  readonly site?: string;
  /** The PIN itself, or the id of its row. */
  readonly privilegedPin?: string;
  readonly privilegedSubject?: { readonly site: string; readonly contact: string; readonly case: string };
};
/** Null where there is none. */
export type PinRecords = {
  readonly site?: SiteRecord | null;
  readonly privilegedPin?: PrivilegedPinRecord | null;
  readonly privilegedSubject?: PrivilegedSubject | null;
};
