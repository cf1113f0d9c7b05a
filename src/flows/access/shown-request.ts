/** A request for access as our own people see it: by call and by command (INTERFACE.md "access-requests"). */
import { decisionOf, type RequestState, type RequestStep, stateOf } from '../../access/request.ts';
import type { RequestRow } from '../../store/access/list-requests.ts';

export type ShownRequest = Pick<RequestRow, 'id' | 'site' | 'licence' | 'name' | 'address' | 'justification'> & {
  readonly state: RequestState;
  /** What was granted; else what was asked for. */
  readonly role: string | null;
  readonly privileges: Readonly<Record<string, string>>;
  /** The last day of the access. */
  readonly until: string | null;
  readonly askedAt: string | null;
  readonly decidedAt: string | null;
  /** An address, or who else it was as the audit names them. */
  readonly decidedBy: string | null;
  /** Of a denial: 1 to 3 (POLICY §8.4). */
  readonly reason: number | null;
  readonly steps: readonly RequestStep[];
};

export function shownRequest(row: RequestRow): ShownRequest {
  const { id, site, licence, name, address, role, justification, steps } = row;
  const decision = decisionOf(steps);
  const granted = decision?.kind === 'granted' ? decision : null;
  return {
    ...{ id, state: stateOf(steps), site, licence, name, address, role: granted?.role ?? role },
    ...{ privileges: granted?.privileges ?? {}, justification: granted?.justification ?? justification },
    ...{ until: granted?.until ?? null, askedAt: steps.find(({ kind }) => kind === 'asked')?.at ?? null },
    ...{ decidedAt: decision?.at ?? null, decidedBy: decision?.by ?? null },
    ...{ reason: decision?.kind === 'denied' ? decision.reason : null, steps },
  };
}
