/** Cases of before the upgrade that brought the timers (POLICY §11.6). */
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

export type CasesTakenOver = {
  readonly kind: 'cases-taken-over';
  readonly count: number;
  /** What was due until then rings for nobody. */
  readonly at: string;
  readonly by: By;
};

export const takingOverChanges = {
  'cases-taken-over': {
    audit: ({ count }) => ({
      action: 'cases-taken-over',
      subjectKind: 'case',
      subjectId: 'all',
      detail: { count },
    }),
    event: none('it is about none of them by itself'),
    says: ({ count }) => `The timers of ${count} open cases of before begin; what lies behind rings for nobody.`,
    topic: none('nothing has become otherwise with a case'),
    batched: false,
  },
} as const satisfies { readonly 'cases-taken-over': ChangeRow<CasesTakenOver> };
