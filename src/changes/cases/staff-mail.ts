/** What our people do by mail (POLICY §3.r6, §5.4), and what they are told. */
import type { OfStandingCase } from '../case.ts';
import { type ChangeRow, coveredBy, none } from '../row.ts';

/** Of all that the customer has written on the case so far. */
type OwnerTold = OfStandingCase & { readonly kind: 'owner-told'; readonly to: readonly string[] };

export type StaffMailChange = OwnerTold;

export const staffMailChanges = {
  'owner-told': {
    audit: coveredBy('letter-queued'),
    event: ({ to }) => ({ kind: 'owner-told', detail: { to } }),
    says: (change) => `Whoever works on case ${change.case} is told what the customer has written.`,
    topic: none('the message of the customer has its own'),
    batched: false,
  },
} as const satisfies { [kind in StaffMailChange['kind']]: ChangeRow<Extract<StaffMailChange, { kind: kind }>> };
