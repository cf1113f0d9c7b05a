/** The changes of privileged PINs (POLICY §1, §3.r7). Each stands by the id of its row: the PIN itself is nowhere in here. */
import type { CaseNumber, ContactId, MailId } from '../../foundation/ids.ts';
import { actorOf, type By } from '../by.ts';
import { type ChangeRow, none } from '../row.ts';

type OfPin = {
  readonly case: CaseNumber;
  /** The row of its case. */
  readonly caseId: string;
  readonly contact: ContactId;
  readonly at: string;
  readonly by: By;
};

export type PrivilegedPinIssued = OfPin & {
  readonly kind: 'privileged-pin-issued';
  /** The main address on record, to which it is bound. */
  readonly address: string;
  readonly hours: number;
  /** The letter that tells it, by its place among the letters. */
  readonly letterAt: number;
  /** Comes with the letter: drawn and hashed by whoever finishes it. */
  readonly hash: string | null;
  /** Its row; null until it is written. */
  readonly pin: string | null;
};
export type PrivilegedPinUsed = OfPin & { readonly kind: 'privileged-pin-used'; readonly pin: string };
export type PrivilegedPinRevoked = OfPin & { readonly kind: 'privileged-pin-revoked'; readonly pin: string };

/** One that came by mail and was not taken: our people are told. */
export type PrivilegedPinTried = {
  readonly kind: 'privileged-pin-tried';
  readonly mail: MailId;
  /** A member of `PrivilegedRefusal`. */
  readonly why: string;
  /** The id of its row; null where it is none of ours. */
  readonly pin: string | null;
  readonly case: CaseNumber | null;
  readonly at: string;
  readonly by: By;
};

export type PrivilegedPinChange = PrivilegedPinIssued | PrivilegedPinUsed | PrivilegedPinRevoked | PrivilegedPinTried;

type OnCase = PrivilegedPinIssued | PrivilegedPinUsed | PrivilegedPinRevoked;

const audit = (action: string) => (change: OnCase) =>
  ({
    action,
    subjectKind: 'case',
    subjectId: change.case,
    detail: { pin: change.pin, contact: change.contact },
  }) as const;
const event = (kind: string) => (change: OnCase) => ({
  caseId: change.caseId,
  kind,
  detail: { pin: change.pin, contact: change.contact, by: actorOf(change.by) },
});

export const privilegedPinChanges = {
  'privileged-pin-issued': {
    audit: audit('privileged-pin-issued'),
    event: event('privileged-pin-issued'),
    says: ({ case: on, contact, hours }) =>
      `A privileged PIN for case ${on} is drawn; it is good once, for contact ${contact}, for ${hours} hours.`,
    topic: 'privileged-pin.issued',
    batched: false,
  },
  'privileged-pin-used': {
    audit: audit('privileged-pin-redeemed'),
    event: event('privileged-pin-redeemed'),
    says: ({ case: on, pin }) => `Privileged PIN ${pin} is used: support may write for case ${on} until it ends.`,
    topic: 'privileged-pin.used',
    batched: false,
  },
  'privileged-pin-revoked': {
    audit: audit('privileged-pin-revoked'),
    event: event('privileged-pin-revoked'),
    says: ({ case: on, pin }) => `Privileged PIN ${pin} of case ${on} is revoked.`,
    topic: 'privileged-pin.revoked',
    batched: false,
  },
  'privileged-pin-tried': {
    audit: ({ mail, why, pin }) => ({
      action: 'privileged-pin-refused',
      subjectKind: 'mail',
      subjectId: mail,
      detail: { why, pin },
    }),
    event: none('the try is shown on its mail: nothing about the case becomes otherwise'),
    says: ({ why, pin }) =>
      `Privileged PIN ${pin ?? 'of nobody'} came and was not used (${why}): it is noted, and our people are told.`,
    topic: 'privileged-pin.refused',
    batched: false,
  },
} as const satisfies { [kind in PrivilegedPinChange['kind']]: ChangeRow<Extract<PrivilegedPinChange, { kind: kind }>> };
