/** The changes of a sender who is not on record: asked about, answered for, let in, blocked. */
import type { CaseNumber, MailId, SiteId } from '../foundation/ids.ts';
import type { Role } from '../registry/site.ts';
import type { By } from './by.ts';
import { type ChangeRow, coveredBy, none, within } from './row.ts';

type Common = { readonly at: string; readonly by: By };

/** Somebody at the customer is asked, unless they were asked already, or have said no lately. */
export type QuestionAsked = Common & {
  readonly kind: 'question-asked';
  readonly mail: MailId;
  readonly site: SiteId;
  readonly siteNumber: string;
  /** The case they wrote to; null where they wrote with a PIN of the site. */
  readonly case: CaseNumber | null;
  readonly address: string;
  readonly name: string;
  readonly title: string;
  /** After a no nobody is asked for so long. */
  readonly quietDays: number;
  /** Its row, once it is written. */
  readonly question?: string;
};
export type QuestionSettled = Common & {
  readonly kind: 'question-settled';
  readonly question: string;
  readonly site: SiteId;
  readonly address: string;
  readonly answer: 'yes' | 'once' | 'no';
};
/** No held mail waits for them any more. */
export type QuestionsLapsed = Common & { readonly kind: 'questions-lapsed' };

export type SenderRegistered = Common & {
  readonly kind: 'sender-registered';
  readonly site: SiteId;
  readonly siteNumber: string;
  readonly address: string;
  /** Or the name that the sender had in the mail which this question is about. */
  readonly name: string | { readonly question: string };
  readonly role: Role;
};
export type SenderAdmitted = Common & {
  readonly kind: 'sender-admitted';
  readonly case: CaseNumber;
  readonly address: string;
};

/** A domain stands behind an @ and covers what is below it. */
type Blocking = Common & {
  readonly key: string;
  /** Its row, once it is written: people stand in the audit by id (§11.5). */
  readonly row?: string;
};
export type SenderBlocked = Blocking & { readonly kind: 'sender-blocked' };
export type SenderUnblocked = Blocking & { readonly kind: 'sender-unblocked' };

export type SenderChange =
  | QuestionAsked
  | QuestionSettled
  | QuestionsLapsed
  | SenderRegistered
  | SenderAdmitted
  | SenderBlocked
  | SenderUnblocked;

const noEvent = none('it is about a sender, and no case changes');
const onSite = (action: string, site: SiteId, detail: Readonly<Record<string, unknown>>) =>
  ({ action, subjectKind: 'site', subjectId: site, detail }) as const;
const ofBlock = ({ kind, row = '' }: SenderBlocked | SenderUnblocked) =>
  ({ action: kind, subjectKind: 'sender', subjectId: row }) as const;
const shown = (key: string): string => (key.startsWith('@') ? `${key.slice(1)} and all below it` : key);

export const senderChanges = {
  'question-asked': {
    audit: ({ site, question }) => onSite('sender-asked-about', site, { question: Number(question) }),
    event: noEvent,
    says: ({ address, siteNumber, case: on }) =>
      `Site ${siteNumber} is asked whether ${address} ${on === null ? 'belongs to it' : `may write on case ${on}`}, unless it was asked before.`,
    topic: 'sender.asked',
    batched: false,
  },
  'question-settled': {
    audit: ({ site, question, answer }) => onSite('sender-answered', site, { question: Number(question), answer }),
    event: noEvent,
    says: (change) => `The question about ${change.address} is answered: ${change.answer}.`,
    topic: 'sender.answered',
    batched: false,
  },
  'questions-lapsed': {
    audit: coveredBy('mail-refused'),
    event: noEvent,
    says: () => 'Questions about senders that no held mail waits for any more are closed.',
    topic: none('nobody waits for them'),
    batched: false,
  },
  'sender-registered': {
    audit: within('the registry writes what it changes'),
    event: noEvent,
    says: (change) => `${change.address} becomes a contact of site ${change.siteNumber}: ${change.role}.`,
    topic: 'contact.added',
    batched: false,
  },
  'sender-admitted': {
    audit: within('the release or the answer has its row'),
    event: noEvent,
    says: (change) => `${change.address} may write on case ${change.case} from now on.`,
    topic: 'sender.admitted',
    batched: false,
  },
  'sender-blocked': {
    audit: ofBlock,
    event: noEvent,
    says: (change) => `${shown(change.key)} hears nothing from us; mail from there is held as before.`,
    topic: 'sender.blocked',
    batched: false,
  },
  'sender-unblocked': {
    audit: ofBlock,
    event: noEvent,
    says: (change) => `${shown(change.key)} is not blocked any more.`,
    topic: 'sender.unblocked',
    batched: false,
  },
} as const satisfies { [kind in SenderChange['kind']]: ChangeRow<Extract<SenderChange, { kind: kind }>> };
