import type { CaseNumber } from '../foundation/ids.ts';
import type { PrivilegedRefusal } from '../outbound/letter.ts';

/** A privileged PIN that was not taken, and why (POLICY §3.r7). */
export type PrivilegedTry = {
  readonly why: PrivilegedRefusal;
  /** The id of its row; null where it is none of ours. */
  readonly pin: string | null;
  readonly case: CaseNumber | null;
};
