/** What is opened or added for somebody who calls (POLICY §4.4). */
import { staffOf } from '../by.ts';
import type { NewCase, OfCase, OfStandingCase } from '../case.ts';
import type { ChangeRow } from '../row.ts';

/** How it was found that the caller is who they say: by the PIN, or in words of a manager. */
type Identified = { readonly identified: 'PIN' | string; readonly text: string };
export type CaseEntered = OfCase & Identified & { readonly kind: 'case-entered'; readonly opens: NewCase };
/** It joins the case of severity 1 that is open since that day. */
export type CallAdded = OfStandingCase &
  Identified & {
    readonly kind: 'call-added';
    readonly address: string;
    readonly contact: string | null;
  };
export type CallChange = CaseEntered | CallAdded;

export const callChanges = {
  'case-entered': {
    audit: ({ case: number, identified }) => ({
      action: 'case-opened',
      subjectKind: 'case',
      subjectId: number,
      detail: { identified },
    }),
    event: ({ opens, identified }) => {
      const { severity, kind, provisional, underCovered, due, rating } = opens;
      return [
        { kind: 'opened', detail: { severity, kind, provisional, underCovered, follows: null, identified } },
        { kind: 'clock-started', detail: { due, rating } },
      ];
    },
    says: ({ case: number, opens, identified }) =>
      `Case ${number} (${opens.title}) is opened at severity ${opens.severity} for a caller, identified by ${identified}; its first response is due by ${opens.due}.`,
    topic: 'case.opened',
    batched: false,
  },
  'call-added': {
    audit: ({ case: number, identified }) => ({
      action: 'case-updated',
      subjectKind: 'case',
      subjectId: number,
      detail: { identified },
    }),
    event: ({ identified, by }) => ({ kind: 'updated', detail: { identified, staff: staffOf(by) } }),
    says: ({ case: number }) => `The call joins case ${number}, which is open at severity 1 since today.`,
    topic: 'case.updated',
    batched: false,
  },
} as const satisfies { [kind in CallChange['kind']]: ChangeRow<Extract<CallChange, { kind: kind }>> };
