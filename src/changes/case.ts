/** The changes of a case. */
import type { CaseKind, Severity } from '../cases/case.ts';
import type { Rating } from '../cases/rating.ts';
import type { CaseNumber, ContactId, MailId, SiteId } from '../foundation/ids.ts';
import type { By } from './by.ts';
import { type ChangeRow, none } from './row.ts';

export type OfCase = {
  readonly case: CaseNumber;
  /** Its row. */
  readonly id: string;
  /** ISO 8601; of a customer's word the arrival of the mail, from which a reply counts that may reopen. */
  readonly at: string;
  readonly by: By;
};
/** Of a case that was there before: `versionNo` is the one that was judged. */
export type OfStandingCase = OfCase & { readonly versionNo: number };

export type NewCase = {
  readonly site: SiteId;
  readonly title: string;
  readonly severity: Severity;
  readonly kind: CaseKind;
  readonly openedAt: string;
  readonly contact: ContactId | null;
  /** Where its letters go. */
  readonly contactAddress: string;
  readonly language: string;
  readonly product: string | null;
  readonly version: string | null;
  readonly provisional: boolean;
  readonly underCovered: boolean;
  readonly due: string;
  /** When something is to be done about it by the clock (acts/cases/timers), if nothing happens before. */
  readonly timerAt: string;
  /** What the clock was started by (§4.6). */
  readonly rating: Rating;
  readonly report: Readonly<Record<string, string>>;
};

type CaseOpened = OfCase & {
  readonly kind: 'case-opened';
  readonly opens: NewCase;
  /** The mail it is opened from; another than that of `by` where an answer lets a held mail become a case. */
  readonly mail: MailId;
  /** The case that was closed for too long to be reopened. */
  readonly follows: CaseNumber | null;
};
type CaseUpdated = OfStandingCase & {
  readonly kind: 'case-updated';
  readonly fillsIn: Readonly<Record<string, string>>;
};
export type CaseReopened = Omit<CaseUpdated, 'kind'> & {
  readonly kind: 'case-reopened';
  /** Our own people give one; it is for nobody else. */
  readonly reason?: string;
};
export type CaseClosed = OfStandingCase & {
  readonly kind: 'case-closed';
  readonly title: string;
  /** Its customer says that it is. */
  readonly solved?: true;
};
type CaseFollowedUp = OfStandingCase & { readonly kind: 'case-followed-up'; readonly next: CaseNumber };
type CaseLinked = OfStandingCase & {
  readonly kind: 'case-linked';
  /** Where its own mail opened it by naming this one, the other one is new. */
  readonly to: Pick<OfCase, 'case' | 'id' | 'at'> & { readonly mail: MailId | null };
};

export type CaseChange = CaseOpened | CaseUpdated | CaseReopened | CaseClosed | CaseFollowedUp | CaseLinked;

const about = (action: string) => (change: OfCase) =>
  ({ action, subjectKind: 'case', subjectId: change.case }) as const;

/** Who of the customer it was: the others who take part are told. */
const whoOf = (by: By) => (by.kind === 'contact' ? { contact: by.contact } : {});

const entitled = (title: string): string => title || 'without a title';

const filled = (fields: Readonly<Record<string, string>>): string => {
  const names = Object.keys(fields);
  return names.length === 0 ? '' : `, and what it says of ${names.join(', ')} is filled in where that was missing`;
};

export const caseChanges = {
  'case-opened': {
    audit: about('case-opened'),
    event: ({ opens, follows, mail }) => {
      const { severity, kind, provisional, underCovered } = opens;
      return { kind: 'opened', mail, detail: { severity, kind, provisional, underCovered, follows } };
    },
    says: ({ case: number, opens }) =>
      `Case ${number} (${entitled(opens.title)}) is opened at severity ${opens.severity}.`,
    topic: 'case.opened',
    batched: true,
  },
  'case-updated': {
    audit: about('case-updated'),
    event: ({ fillsIn }) => {
      const filledIn = Object.keys(fillsIn);
      return { kind: 'updated', detail: filledIn.length > 0 ? { filledIn } : {} };
    },
    says: (change) => `Case ${change.case} is updated${filled(change.fillsIn)}.`,
    topic: 'case.updated',
    batched: true,
  },
  'case-reopened': {
    audit: (change) => ({
      ...about('case-reopened')(change),
      ...(change.reason && { detail: { reason: change.reason } }),
    }),
    event: ({ reason, by }) => ({ kind: 'reopened', detail: reason ? { by: by.kind, reason } : whoOf(by) }),
    says: ({ case: number, fillsIn, reason }) =>
      `Case ${number} is reopened${filled(fillsIn)}${reason ? `: ${reason}` : '.'}`,
    topic: 'case.reopened',
    // A reply that reopens is not to wait for a statement of its own.
    batched: 'in a decision',
  },
  'case-closed': {
    audit: about('case-closed'),
    event: ({ by, solved }) => ({
      kind: 'closed',
      detail: { by: by.kind === 'contact' ? 'customer' : by.kind, ...whoOf(by), ...(solved && { solved }) },
    }),
    says: (change) => `Case ${change.case} (${entitled(change.title)}) is closed, and its clock stops.`,
    topic: 'case.closed',
    // Its own statement: a mail that closes is rare, and locks the row of the case.
    batched: false,
  },
  'case-followed-up': {
    audit: about('case-followed-up'),
    event: (change) => ({ kind: 'followed-up', detail: { by: change.next } }),
    says: (change) => `Case ${change.case} stays closed, and case ${change.next} takes its place.`,
    topic: none('the new case has its own: case.opened'),
    batched: true,
  },
  'case-linked': {
    audit: about('case-linked'),
    event: ({ case: number, to }) => [
      { kind: 'linked', detail: { case: to.case } },
      { kind: 'linked', detail: { case: number }, caseId: to.id, at: to.at, ...(to.mail && { mail: to.mail }) },
    ],
    says: (change) => `Case ${change.case} and case ${change.to.case} are linked.`,
    topic: none('the new case has its own: case.opened'),
    batched: 'in a decision',
  },
} as const satisfies { [kind in CaseChange['kind']]: ChangeRow<Extract<CaseChange, { kind: kind }>> };
