/** What stands on a case between both sides (POLICY §4.2, §5.5). Instants are ISO 8601. */
import type { Severity } from './case.ts';

type Side = 'customer' | 'staff';
/** A severity that one side has proposed; the other agrees until then, or it stays as it is. */
export type Proposal = {
  readonly to: Severity;
  readonly by: Side;
  readonly until: string;
  /** By the clock, as nobody there could be reached (§4.3): it ends with their next word. */
  readonly why?: 'unreachable';
};
/** How far it was escalated, and to whom of ours; null where nobody is on record for it. */
export type Escalation = { readonly level: 1 | 2; readonly to: string | null };
