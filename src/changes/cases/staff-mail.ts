/** What our people do by mail (POLICY §3.r6, §5.4), and what they are told. */
import type { LetterId, MailId } from '../../foundation/ids.ts';
import type { OfStandingCase } from '../case.ts';
import { type ChangeRow, coveredBy, none } from '../row.ts';

/** Of all that the customer has written on the case so far. */
type OwnerTold = OfStandingCase & { readonly kind: 'owner-told'; readonly to: readonly string[] };

/** An act that is done later, by its name. */
export type Deed = { readonly act: string; readonly input: Readonly<Record<string, unknown>> };
/** One attachment of the mail: its place there, and how the customer sees it. */
export type Enclosed = { readonly place: number; readonly name: string; readonly type: string; readonly size: number };
export type StaffAnswerState = 'done' | 'waiting' | 'asked-back' | 'sent' | 'cancelled' | 'refused';

/** It may still go out, or be stopped. */
export const openAnswers: readonly StaffAnswerState[] = ['waiting', 'asked-back', 'refused'];

export type StaffAnswered = OfStandingCase & {
  readonly kind: 'staff-answered';
  readonly mail: MailId;
  readonly staff: string;
  /** The notification that it answers. */
  readonly letter: LetterId;
  /** What the mail holds, hashed: the same twice is done once. */
  readonly content: string;
  /** `asked-back`, `refused`: nothing of it was done. */
  readonly state: Exclude<StaffAnswerState, 'sent' | 'cancelled'>;
  /** When what waits goes out; null where nothing does. */
  readonly dueAt: string | null;
  /** What was done at once, by the names of the acts. */
  readonly did: readonly string[];
  readonly deeds: readonly Deed[];
  readonly enclosed: readonly Enclosed[];
};
export type StaffAnswerSettled = OfStandingCase & {
  readonly kind: 'staff-answer-settled';
  readonly mail: MailId;
  /** `waiting`: it was asked back about, and is let go. */
  readonly state: 'waiting' | 'sent' | 'cancelled' | 'refused';
  readonly dueAt: string | null;
  /** What is left of what was asked for; null: all of it. */
  readonly deeds: readonly Deed[] | null;
};

export type StaffMailChange = OwnerTold | StaffAnswered | StaffAnswerSettled;

const onCase = (action: string, change: OfStandingCase, detail: Readonly<Record<string, unknown>>) =>
  ({ action, subjectKind: 'case', subjectId: change.case, detail }) as const;
const settled = {
  waiting: 'is let go',
  sent: 'has gone out',
  cancelled: 'is stopped before it goes out',
  refused: 'does not go out: it was refused',
} as const;
const answered = {
  done: 'is done',
  waiting: 'goes out a little later',
  'asked-back': 'goes nowhere before it is asked back about',
  refused: 'is refused',
} as const;

export const staffMailChanges = {
  'owner-told': {
    audit: coveredBy('letter-queued'),
    event: ({ to }) => ({ kind: 'owner-told', detail: { to } }),
    says: (change) => `Whoever works on case ${change.case} is told what the customer has written.`,
    topic: none('the message of the customer has its own'),
    batched: false,
  },
  'staff-answered': {
    audit: (change) => {
      const { mail, staff, state, did, deeds } = change;
      return onCase('staff-answered', change, { mail, staff, state, did, waits: deeds.map(({ act }) => act) });
    },
    event: ({ staff, state, did }) => ({ kind: 'staff-answered', detail: { staff, state, did } }),
    says: ({ case: number, state }) => `An answer of ours on case ${number} ${answered[state]}.`,
    topic: none('what it does has its own'),
    batched: false,
  },
  'staff-answer-settled': {
    audit: (change) => onCase(`staff-answer-${change.state}`, change, { mail: change.mail }),
    event: ({ mail, state }) => ({ kind: `staff-answer-${state}`, mail, detail: {} }),
    says: ({ case: number, mail, state }) => `Answer ${mail} of ours on case ${number} ${settled[state]}.`,
    topic: none('what it does has its own'),
    batched: false,
  },
} as const satisfies { [kind in StaffMailChange['kind']]: ChangeRow<Extract<StaffMailChange, { kind: kind }>> };
