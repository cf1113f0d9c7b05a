/** What both sides have to agree on (POLICY §4.2), and what goes to somebody above (§5.5). */
import type { Severity } from '../../cases/case.ts';
import type { Escalation, Proposal } from '../../cases/proposal.ts';
import type { OfStandingCase } from '../case.ts';
import { type ChangeRow, none } from '../row.ts';

export type SeverityProposed = OfStandingCase & {
  readonly kind: 'severity-proposed';
  readonly from: Severity;
  readonly proposal: Proposal;
};
export type ProposalEnded = OfStandingCase & {
  readonly kind: 'proposal-ended';
  /** `reached`: it was made as nobody there could be reached, and they have written. `kind`: the case is of one that counts by rules of its own. */
  readonly why: 'expired' | 'declined' | 'reached' | 'kind';
  readonly proposal: Proposal;
};
export type CaseEscalated = OfStandingCase & { readonly kind: 'case-escalated'; readonly escalation: Escalation };
/** What is done about it, and by when, as the customer reads it. */
type PlanGiven = OfStandingCase & { readonly kind: 'plan-given'; readonly plan: string; readonly until: string };
/** Our people were told of what stands there. */
type StaffTold = OfStandingCase & { readonly kind: 'staff-told'; readonly to: readonly string[] };

export type AgreeingChange = SeverityProposed | ProposalEnded | CaseEscalated | PlanGiven | StaffTold;

const about = (action: string, change: OfStandingCase, detail: Readonly<Record<string, unknown>>) =>
  ({ action, subjectKind: 'case', subjectId: change.case, detail }) as const;
const ended = {
  expired: 'is not agreed to in time',
  declined: 'is declined',
  reached: 'is no matter any more, as the customer has written',
  kind: 'is no matter any more, as the case is of another kind',
} as const;
const above = { 1: 'a manager', 2: 'the director' } as const;

export const agreeingChanges = {
  'severity-proposed': {
    audit: (change) => about('case-severity-proposed', change, { ...change.proposal, from: change.from }),
    event: ({ from, proposal }) => ({ kind: 'severity-proposed', detail: { from, ...proposal } }),
    says: ({ case: number, from, proposal: { to, by, until } }) =>
      `${by === 'staff' ? 'Our people propose' : 'The customer proposes'} severity ${to} instead of ${from} for case ${number}, to which the other side agrees until ${until}.`,
    topic: 'case.severity-proposed',
    batched: false,
  },
  'proposal-ended': {
    audit: (change) => about(`case-proposal-${change.why}`, change, { to: change.proposal.to }),
    event: ({ why, proposal }) => ({ kind: `proposal-${why}`, detail: { to: proposal.to, by: proposal.by } }),
    says: ({ case: number, why, proposal }) =>
      `Severity ${proposal.to} for case ${number} ${ended[why]}; it stays as it is.`,
    topic: 'case.proposal-ended',
    batched: false,
  },
  'case-escalated': {
    audit: (change) => about('case-escalated', change, change.escalation),
    event: ({ escalation }) => ({ kind: 'escalated', detail: escalation }),
    says: ({ case: number, escalation: { level, to } }) =>
      `Case ${number} is escalated to ${above[level]}${to === null ? '' : `: ${to}`}.`,
    topic: 'case.escalated',
    batched: false,
  },
  'plan-given': {
    audit: (change) => about('case-plan-given', change, { until: change.until }),
    event: ({ plan, until }) => ({ kind: 'plan-given', detail: { plan, until } }),
    says: ({ case: number, until }) => `An action plan for case ${number} is given, until ${until}.`,
    topic: 'case.plan-given',
    batched: false,
  },
  'staff-told': {
    audit: (change) => about('case-staff-told', change, { to: change.to }),
    event: ({ to }) => ({ kind: 'staff-told', detail: { to } }),
    says: ({ case: number, to }) => `Of what is wanted on case ${number} ${to.length} of our people are told.`,
    topic: none('it is between our people'),
    batched: false,
  },
} as const satisfies { [kind in AgreeingChange['kind']]: ChangeRow<Extract<AgreeingChange, { kind: kind }>> };
