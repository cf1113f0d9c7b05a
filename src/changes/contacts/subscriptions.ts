/** Whether somebody gets a kind of letters that can be ended, and where (POLICY §7 `UNSUBSCRIBE`, §10.6). */
import type { ContactId } from '../../foundation/ids.ts';
import type { OptionalKind } from '../../notices/kinds.ts';
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

export type SubscriptionSet = {
  readonly kind: 'subscription-set';
  readonly contact: ContactId;
  readonly siteNumber: string;
  /** The kind of letters. */
  readonly name: OptionalKind;
  readonly wanted: boolean;
  /** Where it goes, whatever becomes of the address of the contact. */
  readonly address: string;
  /** The address of the contact is about to become another: what goes to the old one stays there. */
  readonly stays: boolean;
  readonly at: string;
  readonly by: By;
};

/** Somebody has looked: letters go there again. */
export type SubscriptionReachable = {
  readonly kind: 'subscription-reachable';
  readonly contact: ContactId;
  readonly siteNumber: string;
  readonly address: string;
  readonly at: string;
  readonly by: By;
};
export type SubscriptionChange = SubscriptionSet | SubscriptionReachable;

const says = ({ name, wanted, address, siteNumber, stays }: SubscriptionSet): string => {
  if (!wanted) return `Letters of the kind ${name} go to ${address} of site ${siteNumber} no more.`;
  return `Letters of the kind ${name} ${stays ? 'still go' : 'go'} to ${address} of site ${siteNumber}.`;
};

export const subscriptionChanges = {
  'subscription-set': {
    audit: ({ contact, siteNumber, name, wanted, stays }) => ({
      action: 'subscription-set',
      subjectKind: 'contact',
      subjectId: contact,
      // The address stands in the row: in the audit people are known by id (POLICY §11.5).
      detail: { site: siteNumber, kind: name, wanted, ...(stays && { stays }) },
    }),
    event: none('it is about a person, and no case changes'),
    batched: false,
    says,
    topic: 'contact.changed',
  },
  'subscription-reachable': {
    audit: ({ kind: action, contact, siteNumber }) => ({
      action,
      subjectKind: 'contact',
      subjectId: contact,
      detail: { site: siteNumber },
    }),
    event: none('it is about a person, and no case changes'),
    batched: false,
    says: ({ address, siteNumber }) => `Letters that can be ended go to ${address} of site ${siteNumber} again.`,
    topic: 'contact.changed',
  },
} as const satisfies { [kind in SubscriptionChange['kind']]: ChangeRow<Extract<SubscriptionChange, { kind: kind }>> };
