/** What a case goes through on its way to the close and after it (POLICY §6.1). */
import type { Score } from '../../cases/satisfaction.ts';
import type { CaseNumber, LetterId } from '../../foundation/ids.ts';
import { mailOf } from '../by.ts';
import type { OfCase, OfStandingCase } from '../case.ts';
import { type ChangeRow, coveredBy, none } from '../row.ts';

/** Our people think that it is solved, and the customer is asked. */
export type SolutionProposed = OfStandingCase & { readonly kind: 'solution-proposed' };
/** The customer has written in words of their own that do not say that it is solved: it goes on. */
export type SolutionAnswered = OfStandingCase & { readonly kind: 'solution-answered' };
/** `time`: the how-manieth for one proposal. */
type SolutionReminded = OfStandingCase & { readonly kind: 'solution-reminded'; readonly time: number };
/** The same of what the case waits for. */
type WaitReminded = OfStandingCase & { readonly kind: 'wait-reminded'; readonly time: number };
/** How it was, as the letter after the close asks. Every answer is kept; which of them counts is found when they are read. */
export type SatisfactionGiven = OfCase & {
  readonly kind: 'satisfaction-given';
  readonly letter: LetterId;
  readonly score: Score;
};

/** The others who take part have heard what one of them has made of the case. */
type OthersTold = OfStandingCase & { readonly kind: 'others-told' };

export type ClosingChange =
  | SolutionProposed
  | SolutionAnswered
  | SolutionReminded
  | WaitReminded
  | SatisfactionGiven
  | OthersTold;

const about = (action: string) => (change: { readonly case: CaseNumber }) =>
  ({ action, subjectKind: 'case', subjectId: change.case }) as const;

export const closingChanges = {
  'solution-proposed': {
    audit: about('case-solution-proposed'),
    event: () => ({ kind: 'solution-proposed', detail: {} }),
    says: (change) => `A solution is proposed for case ${change.case}, and the customer asked whether it is one.`,
    topic: 'case.solution-proposed',
    batched: false,
  },
  'solution-answered': {
    audit: coveredBy('case-updated'),
    event: () => ({ kind: 'solution-answered', detail: {} }),
    says: (change) => `Case ${change.case} goes on: its customer has written without saying that it is solved.`,
    topic: none('case.updated tells of the answer'),
    batched: false,
  },
  'solution-reminded': {
    audit: (change) => ({ ...about('case-solution-reminded')(change), detail: { time: change.time } }),
    event: ({ time }) => ({ kind: 'solution-reminded', detail: { time } }),
    says: ({ case: number, time }) =>
      `The customer is asked ${time === 1 ? 'once more' : `for the ${time + 1}. time`} whether case ${number} is solved.`,
    topic: none('nothing has become otherwise with the case'),
    batched: false,
  },
  'others-told': {
    audit: about('case-others-told'),
    event: () => ({ kind: 'others-told', detail: {} }),
    says: (change) => `The others who take part in case ${change.case} are told of it.`,
    topic: none('the close or the reopening has its own'),
    batched: false,
  },
  'wait-reminded': {
    audit: (change) => ({ ...about('case-wait-reminded')(change), detail: { time: change.time } }),
    event: ({ time }) => ({ kind: 'wait-reminded', detail: { time } }),
    says: ({ case: number, time }) =>
      `The customer is reminded ${time === 1 ? '' : `for the ${time}. time `}that case ${number} waits for them.`,
    topic: none('nothing has become otherwise with the case'),
    batched: false,
  },
  'satisfaction-given': {
    audit: (change) => ({ ...about('case-satisfaction-given')(change), detail: { score: change.score } }),
    event: ({ score, by }) => ({
      kind: 'satisfaction-given',
      detail: { score, by: mailOf(by) === null ? 'page' : 'mail' },
    }),
    says: ({ case: number, score }) => `Case ${number} was found ${score} of 5 by its customer.`,
    topic: 'case.satisfaction-given',
    batched: false,
  },
} as const satisfies { [kind in ClosingChange['kind']]: ChangeRow<Extract<ClosingChange, { kind: kind }>> };
