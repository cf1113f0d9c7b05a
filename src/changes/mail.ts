/** The changes of a mail that was decided before: let in, refused, answered, or settled by another mail. */
import type { CaseNumber, LetterId, MailId, SiteId } from '../foundation/ids.ts';
import type { By } from './by.ts';
import type { Outcome } from './outcome.ts';
import { type ChangeRow, coveredBy, none, within } from './row.ts';

type OfMail = { readonly mail: MailId; readonly at: string; readonly by: By };

/** What a mail is decided by anew, whatever its sender was; see `Admission` of intake. */
type LetIn = { readonly by: string; readonly site: SiteId | null; readonly renewed?: true };

/** To be decided again, where it still is as it was seen. */
type PutBack = OfMail & {
  readonly fence: string;
  readonly was: string | null;
  /** Null: as it was let in before, or was not. */
  readonly admitted: LetIn | null;
};
export type MailReleased = PutBack & { readonly kind: 'mail-released' };
export type MailRenewed = PutBack & { readonly kind: 'mail-renewed' };
export type MailReplayed = PutBack & { readonly kind: 'mail-replayed' };

/** All held mails that wait for these questions; which they are is found as it is written, so that none comes too late. */
type OfQuestions = {
  readonly site: SiteId;
  readonly address: string;
  /** Null: every question about that sender at the site. */
  readonly question: string | null;
  readonly at: string;
  readonly by: By;
};
export type MailsPutBack = OfQuestions & {
  readonly kind: 'mails-put-back';
  /** It is put back by itself. */
  readonly except: MailId | null;
};
export type MailsRefused = OfQuestions & {
  readonly kind: 'mails-refused';
  readonly rule: string;
  readonly reason: string;
};

export type MailRefused = OfMail & {
  readonly kind: 'mail-refused';
  readonly was: string;
  readonly reason: string;
};

/** A refusal is taken back: it waits for a person again, as what it was held as before. */
export type MailHeldAgain = OfMail & {
  readonly kind: 'mail-held-again';
  readonly fence: string;
  readonly outcome: Outcome;
};

/** An earlier mail has another decision: what a later one made of it. */
type MailDecidedAnew = OfMail & { readonly kind: 'mail-decided-anew'; readonly outcome: Outcome };

/** A mail that was held becomes what its answer made of it. */
export type MailSettled = OfMail & {
  readonly kind: 'mail-settled';
  readonly outcome: 'case-opened' | 'support-lapsed';
  readonly reason: string;
  readonly case: CaseNumber | null;
  /** The letter that asked. */
  readonly letter: LetterId;
};
/** What was added to a case becomes one of its own. */
export type MailTakenOff = OfMail & {
  readonly kind: 'mail-taken-off';
  readonly was: Outcome;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly from: CaseNumber;
  /** The row of `from`. */
  readonly id: string;
  readonly to: CaseNumber;
  readonly letter: LetterId;
};

export type MailAnswered = OfMail & {
  readonly kind: 'mail-answered';
  readonly to: string;
  /** Once it is written. */
  readonly letter?: string;
};

export type MailChange =
  | MailReleased
  | MailRenewed
  | MailReplayed
  | MailsPutBack
  | MailsRefused
  | MailRefused
  | MailHeldAgain
  | MailDecidedAnew
  | MailSettled
  | MailTakenOff
  | MailAnswered;

const noEvent = none('the mail is on no case');
const onMail = (action: string) => (change: OfMail) =>
  ({ action, subjectKind: 'mail', subjectId: change.mail }) as const;
const own = within('each mail that is found has its own');

export const mailChanges = {
  'mail-released': {
    audit: onMail('mail-released'),
    event: noEvent,
    says: (change) => `Mail ${change.mail} is decided again as if its sender had been let in.`,
    topic: 'mail.released',
    batched: false,
  },
  'mail-renewed': {
    audit: onMail('contract-renewed'),
    event: noEvent,
    says: (change) => `Mail ${change.mail} is decided again by the contract of today.`,
    topic: 'mail.renewed',
    batched: false,
  },
  'mail-replayed': {
    audit: onMail('mail-replayed'),
    event: noEvent,
    says: (change) => `Mail ${change.mail} is decided again.`,
    topic: 'mail.replayed',
    batched: false,
  },
  'mails-put-back': {
    audit: own,
    event: noEvent,
    says: (change) =>
      `The ${change.except === null ? '' : 'other '}held mails of ${change.address} that wait for the answer are decided again.`,
    topic: none('each mail that is decided has its own'),
    batched: false,
  },
  'mails-refused': {
    audit: own,
    event: noEvent,
    says: (change) => `The held mails of ${change.address} that wait for the answer are refused.`,
    topic: 'mail.refused',
    batched: false,
  },
  'mail-refused': {
    audit: (change) => ({ ...onMail('mail-refused')(change), detail: { was: change.was } }),
    event: noEvent,
    says: (change) => `Mail ${change.mail} is refused; its sender is told nothing.`,
    topic: 'mail.refused',
    batched: false,
  },
  'mail-held-again': {
    audit: (change) => ({ ...onMail('mail-held-again')(change), detail: { outcome: change.outcome } }),
    event: noEvent,
    says: (change) => `Mail ${change.mail} waits for a person again, as before it was refused; nobody is written to.`,
    topic: 'mail.held-again',
    batched: false,
  },
  'mail-decided-anew': {
    audit: (change) => ({ ...onMail('mail-settled')(change), detail: { outcome: change.outcome } }),
    event: noEvent,
    says: (change) => `Mail ${change.mail} is decided anew: ${change.outcome}.`,
    topic: none('what settles it has its own'),
    batched: true,
  },
  'mail-settled': {
    audit: coveredBy('mail-decided-anew'),
    event: none('the case that it opens has its own'),
    says: (change) => `Mail ${change.mail}, which was held, becomes ${change.outcome}.`,
    topic: 'mail.settled',
    batched: false,
  },
  'mail-taken-off': {
    audit: coveredBy('mail-decided-anew'),
    event: (change) => ({ kind: 'taken-off', detail: { to: change.to }, mail: change.mail }),
    says: (change) => `Mail ${change.mail} leaves case ${change.from} for a case of its own.`,
    topic: 'mail.settled',
    batched: false,
  },
  'mail-answered': {
    audit: (change) => ({ ...onMail('mail-answered')(change), detail: { letter: change.letter } }),
    event: noEvent,
    says: (change) => `${change.to} is written to about mail ${change.mail}.`,
    topic: 'mail.answered',
    batched: false,
  },
} as const satisfies { [kind in MailChange['kind']]: ChangeRow<Extract<MailChange, { kind: kind }>> };
