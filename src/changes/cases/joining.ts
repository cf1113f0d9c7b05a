/** Cases that become one, and one that becomes two (POLICY §5). */
import type { Rating } from '../../cases/rating.ts';
import type { CaseNumber, MailId } from '../../foundation/ids.ts';
import type { OfCase, OfStandingCase } from '../case.ts';
import { type ChangeRow, none } from '../row.ts';

type Other = Pick<OfCase, 'case' | 'id'>;

/**
 * What is written to it goes to the other one for ever. `due`: its deadline, which stays where it is the earlier one; null where none runs.
 * `stays`: the one that the other case has from then on; null where its first answer is given, or its clock stands.
 */
export type CaseMerged = OfStandingCase & {
  readonly kind: 'case-merged';
  readonly into: Other;
  readonly due: string | null;
  readonly stays: string | null;
};
/** Taken back: it is open again, and `joinedAt` are the people who came with it. */
export type CaseUnmerged = OfStandingCase & {
  readonly kind: 'case-unmerged';
  readonly from: Other;
  readonly joinedAt: string;
};
/** Some of its mails become a case of their own; that one has no number before it is written. */
export type CaseSplit = OfStandingCase & {
  readonly kind: 'case-split';
  readonly mails: readonly MailId[];
  readonly title: string;
  /** When the first of them came, from which its clock runs by the rating of the other; null where none runs. */
  readonly openedAt: string;
  readonly clock: { readonly rating: Rating; readonly due: string } | null;
  readonly to?: Other;
};
/** Whoever wrote those mails was told of both numbers. */
type SplitTold = OfStandingCase & { readonly kind: 'split-told'; readonly from: CaseNumber };

export type JoiningChange = CaseMerged | CaseUnmerged | CaseSplit | SplitTold;

const about = (action: string, change: OfCase, detail: Readonly<Record<string, unknown>>) =>
  ({ action, subjectKind: 'case', subjectId: change.case, detail }) as const;

export const joiningChanges = {
  'case-merged': {
    audit: (change) => about('case-merged', change, { into: change.into.case }),
    event: ({ case: number, into, due }) => [
      { kind: 'merged', detail: { into: into.case } },
      { kind: 'joined', detail: { case: number, due }, caseId: into.id },
    ],
    says: ({ case: number, into, stays }) =>
      `Case ${number} is merged into case ${into.case}, to which all goes that is written to it${stays === null ? '' : `; the earlier of both deadlines counts: ${stays}`}.`,
    topic: 'case.merged',
    batched: false,
  },
  'case-unmerged': {
    audit: (change) => about('case-unmerged', change, { from: change.from.case }),
    event: ({ case: number, from }) => [
      { kind: 'unmerged', detail: { from: from.case } },
      { kind: 'parted', detail: { case: number }, caseId: from.id },
    ],
    says: ({ case: number, from }) => `Case ${number} is a case of its own again, and open; case ${from.case} goes on.`,
    topic: 'case.unmerged',
    batched: false,
  },
  'case-split': {
    audit: (change) => about('case-split', change, { mails: change.mails, to: change.to?.case ?? null }),
    event: ({ case: number, to, mails, clock, openedAt }) => [
      { kind: 'split', detail: { to: to?.case ?? null, mails } },
      ...(to ? [{ kind: 'split-from', detail: { case: number }, caseId: to.id }] : []),
      ...(to && clock ? [{ kind: 'clock-started', detail: clock, caseId: to.id, at: openedAt }] : []),
    ],
    says: ({ case: number, mails, title }) =>
      `${mails.length === 1 ? `Mail ${mails[0]}` : `Mails ${mails.join(', ')}`} of case ${number} become a case of their own: ${title || 'without a title'}.`,
    topic: 'case.split',
    batched: false,
  },
  'split-told': {
    audit: (change) => about('case-split-told', change, { from: change.from }),
    event: ({ from }) => ({ kind: 'split-told', detail: { from } }),
    says: ({ case: number, from }) => `The customer is told that case ${number} was a part of case ${from}.`,
    topic: none('case.split tells of the new case'),
    batched: false,
  },
} as const satisfies { [kind in JoiningChange['kind']]: ChangeRow<Extract<JoiningChange, { kind: kind }>> };
