/** Where a mail belongs, and what of it is shown on its case. */
import type { CaseNumber, ContactId, MailId } from '../foundation/ids.ts';
import { type By, mailOf } from './by.ts';
import type { OfCase, OfStandingCase } from './case.ts';
import { type ChangeRow, coveredBy, none } from './row.ts';

type MailFiled = OfCase & { readonly kind: 'mail-filed'; readonly mail: MailId };
export type MessageAdded = OfCase & {
  readonly kind: 'message-added';
  /** The mail that is decided, or the one that its answer lets become a case. */
  readonly mail: MailId;
  readonly contact: ContactId | null;
  readonly automatic: boolean;
  /** The first mail is shown whole, replies by what is new in them; `text` stands in its place where less is shown. */
  readonly shown: 'text' | 'newText';
  readonly text: string | null;
};
type ParticipantAdded = OfCase & {
  readonly kind: 'participant-added';
  readonly address: string;
  readonly contact: ContactId | null;
};
/** By one of our people, as if in copy; whoever has left is back. */
export type ParticipantNamed = OfStandingCase & {
  readonly kind: 'participant-named';
  readonly address: string;
  readonly contact: ContactId;
};
/** Hears no more of the case; copies of others' mails do not bring them back. */
export type ParticipantLeft = OfStandingCase & { readonly kind: 'participant-left'; readonly address: string };
/** The mail came before, by another way. */
type MailRepeated = {
  readonly kind: 'mail-repeated';
  readonly mail: MailId;
  readonly of: MailId;
  /** The case of the first. */
  readonly case: CaseNumber | null;
  readonly at: string;
  readonly by: By;
};

export type MessageChange =
  | MailFiled
  | MessageAdded
  | ParticipantAdded
  | ParticipantNamed
  | ParticipantLeft
  | MailRepeated;

const common = {
  audit: coveredBy('mail-decided'),
  event: none('the messages of a case are shown beside its events'),
  topic: none('the change of the case has its own'),
  batched: true,
} as const;

export const messageChanges = {
  'mail-filed': { ...common, says: (change) => `The mail belongs to case ${change.case}.` },
  'message-added': {
    ...common,
    says: ({ case: number, mail, by, automatic }) =>
      `${mailOf(by) === mail ? 'The mail' : `Mail ${mail}`} is shown on case ${number}${automatic ? ' as automatic' : ''}.`,
  },
  // Nobody is named: contacts stand by id (POLICY §11.5).
  'participant-added': {
    ...common,
    says: ({ case: number, contact }) =>
      `${contact === null ? 'Somebody who is not on record' : `Contact ${contact}`} takes part in case ${number}.`,
  },
  'participant-named': {
    audit: (change) => ({
      action: 'case-participant-added',
      subjectKind: 'case',
      subjectId: change.case,
      detail: { contact: change.contact },
    }),
    event: ({ contact }) => ({ kind: 'participant-named', detail: { contact } }),
    says: ({ case: number, address }) =>
      `${address} takes part in case ${number} from now on, and gets what is written to the customer.`,
    topic: none('the people of a case are shown with it'),
    batched: false,
  },
  'participant-left': {
    audit: (change) => ({ action: 'case-left', subjectKind: 'case', subjectId: change.case }),
    event: ({ by }) => ({ kind: 'participant-left', detail: by.kind === 'contact' ? { contact: by.contact } : {} }),
    says: ({ case: number }) => `One of those who take part leaves case ${number}, and hears no more of it.`,
    topic: none('the people of a case are shown with it'),
    batched: false,
  },
  'mail-repeated': { ...common, says: (change) => `The mail is a copy of mail ${change.of}.` },
} as const satisfies { [kind in MessageChange['kind']]: ChangeRow<Extract<MessageChange, { kind: kind }>> };
