/** People of ours who were added beside postern.yaml, as acts see them. */
import type { StaffMember } from '../../staff/staff.ts';

/** Addresses. */
export type StaffNeeds = { readonly staff?: readonly string[] };
export type StaffRecords = { readonly staff?: readonly StaffMember[] };
