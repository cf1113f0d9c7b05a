/** What becomes otherwise with a case. */
import type { CaseNumber } from '../foundation/ids.ts';
import type { By } from './by.ts';
import type { ChangeRow } from './row.ts';

export type CaseClosed = {
  readonly kind: 'case-closed';
  readonly case: CaseNumber;
  /** Its row, and the version that was judged. */
  readonly id: string;
  readonly versionNo: number;
  readonly title: string;
  /** ISO 8601; of a customer's word the arrival of the mail, from which a reply counts that may reopen. */
  readonly at: string;
  readonly by: By;
};

export type CaseChange = CaseClosed;

export const caseChanges = {
  'case-closed': {
    audit: (change) => ({ action: 'case-closed', subjectKind: 'case', subjectId: change.case }),
    event: (change) => ({
      caseId: change.id,
      kind: 'closed',
      detail: { by: change.by.kind === 'contact' ? 'customer' : change.by.kind },
    }),
    says: (change) => `Case ${change.case} (${change.title || 'without a title'}) is closed, and its clock stops.`,
    topic: 'case.closed',
    // Its own statement: a mail that closes is rare, and locks the row of the case.
    batched: false,
  },
} as const satisfies { [kind in CaseChange['kind']]: ChangeRow<Extract<CaseChange, { kind: kind }>> };
