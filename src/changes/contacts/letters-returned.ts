/** Letters that came back, and what it says of the person they went to (POLICY §3.r2). */
import type { ContactId, LetterId } from '../../foundation/ids.ts';
import type { By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

export type LetterReturned = {
  readonly kind: 'letter-returned';
  readonly letter: LetterId;
  readonly address: string;
  /** Only what is hard changes the letter; the rest is on record. */
  readonly how: 'hard' | 'soft' | 'delayed' | 'delivered' | 'complaint';
  readonly diagnostic: string;
  readonly contact: ContactId | null;
  readonly at: string;
  readonly by: By;
};
type OfContact = {
  readonly contact: ContactId;
  /** Everybody on record at it is as hard to reach. */
  readonly address: string;
  readonly at: string;
  readonly by: By;
};
export type ContactDoubtful = OfContact & { readonly kind: 'contact-doubtful' };
export type ContactUnreachable = OfContact & { readonly kind: 'contact-unreachable' };

/** A letter that can be ended came back from an address that is no contact's: where a kind is sent there, it is no more. */
export type SubscriptionUnreachable = {
  readonly kind: 'subscription-unreachable';
  readonly letter: LetterId;
  readonly address: string;
  readonly at: string;
  readonly by: By;
};

export type ReturnedChange = LetterReturned | ContactDoubtful | ContactUnreachable | SubscriptionUnreachable;

const noEvent = none('a letter that came back is shown on its case by its state, which is no event');
const audit = ({ kind, contact }: ContactDoubtful | ContactUnreachable) =>
  ({ action: kind, subjectKind: 'contact', subjectId: contact }) as const;

export const returnedChanges = {
  'letter-returned': {
    audit: ({ letter, how }) => ({
      action: `letter-returned-${how}`,
      subjectKind: 'letter',
      subjectId: letter,
    }),
    event: noEvent,
    says: ({ letter, how }) => `What a report says of letter ${letter} is noted: ${how}.`,
    topic: 'letter.returned',
    batched: false,
  },
  'contact-doubtful': {
    audit,
    event: noEvent,
    says: ({ contact }) => `Contact ${contact} may not be reached at the address on record.`,
    topic: 'contact.doubtful',
    batched: false,
  },
  'contact-unreachable': {
    audit,
    event: noEvent,
    says: ({ contact }) =>
      `Contact ${contact} is not reached at the address on record: two hard returns within a week.`,
    topic: 'contact.unreachable',
    batched: false,
  },
  'subscription-unreachable': {
    // The address stands in the letter: in the audit people are known by id (POLICY §11.5).
    audit: ({ kind: action, letter }) => ({ action, subjectKind: 'letter', subjectId: letter }),
    event: noEvent,
    says: ({ address }) => `Letters that can be ended are not sent to ${address} any more: one came back.`,
    topic: none('letter.returned says it'),
    batched: false,
  },
} as const satisfies { [kind in ReturnedChange['kind']]: ChangeRow<Extract<ReturnedChange, { kind: kind }>> };
