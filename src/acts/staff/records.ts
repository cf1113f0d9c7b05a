/** People of ours who were added beside postern.yaml, as acts see them. */
import type { StaffMember } from '../../staff/staff.ts';

/** Accounts that name somebody of ours for their renewals: the first of them, and how many there are. */
export type Represents = {
  readonly first: readonly { readonly number: string; readonly name: string }[];
  readonly count: number;
};

/** Addresses. */
export type StaffNeeds = { readonly staff?: readonly string[]; readonly representedBy?: string };
export type StaffRecords = { readonly staff?: readonly StaffMember[]; readonly represents?: Represents };
