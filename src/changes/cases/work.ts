/** What our people do on a case (POLICY §5): whose it is, what is written on it, what it is known as. */
import type { CaseReference } from '../../cases/case.ts';
import type { OfStandingCase } from '../case.ts';
import { type ChangeRow, none } from '../row.ts';

/** Addresses of our people; null: nobody. */
export type OwnerSet = OfStandingCase & {
  readonly kind: 'owner-set';
  readonly from: string | null;
  readonly to: string | null;
  /** `given`: to whoever had the fewest. `handed-over`: its owner is absent, or none of our people any more. */
  readonly how: 'taken' | 'assigned' | 'given' | 'handed-over' | 'given-back';
  /** Names of our people who are answering it just now: said before, and kept nowhere. */
  readonly beside?: readonly string[];
};
/** Our people were told that it waits for one of them. */
type CaseOffered = OfStandingCase & {
  readonly kind: 'case-offered';
  readonly to: readonly string[];
  /** How much of the time to the first response had passed; 0 for a new one. */
  readonly percent: number;
};
/** Written by a person of ours; a note stays here, all else went out with the letters of the same act. */
export type MessageWritten = OfStandingCase & {
  readonly kind: 'message-written';
  readonly direction: 'out' | 'note';
  readonly author: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
};
export type KindSet = OfStandingCase & {
  readonly kind: 'kind-set';
  readonly from: CaseReference;
  readonly to: CaseReference;
};
type ScopeTold = OfStandingCase & { readonly kind: 'scope-told'; readonly why: string };

export type WorkChange = OwnerSet | CaseOffered | MessageWritten | KindSet | ScopeTold;

const about =
  <C extends OfStandingCase>(action: string, detail?: (change: C) => Readonly<Record<string, unknown>>) =>
  (change: C) =>
    ({
      action,
      subjectKind: 'case',
      subjectId: change.case,
      ...(detail && { detail: detail(change) }),
    }) as const;

/** Said where it is taken while somebody writes to its customer. */
export const answeringIt = 'answering it';

const owners = ({ from, to, how }: OwnerSet) => ({ from, to, how });

/** What has become otherwise of it. */
const differing = ({ from, to }: KindSet) =>
  Object.fromEntries(
    Object.entries(to).filter(([name, value]) => value !== (from as Readonly<Record<string, unknown>>)[name]),
  );

const said = {
  kind: 'is of the kind',
  reference: 'is known as',
  priority: 'has the priority',
  planned: 'is planned for',
  resolvedIn: 'is resolved by',
  declined: 'is declined:',
} as const;

export const workChanges = {
  'owner-set': {
    audit: about('case-owner-set', owners),
    event: (change) => ({ kind: 'owner-set', detail: owners(change) }),
    says: ({ case: number, from, to, how, beside = [] }) =>
      to === null
        ? `Case ${number} waits for somebody again; ${from} had it.`
        : `Case ${number} is ${to}'s${how === 'given' ? ', who has the fewest' : ''}${from === null ? '' : `; ${from} had it`}${
            beside.length === 0
              ? ''
              : `, while ${beside.join(' and ')} ${beside.length === 1 ? 'is' : 'are'} ${answeringIt}`
          }.`,
    topic: 'case.owner-set',
    batched: false,
  },
  'case-offered': {
    audit: about('case-offered', ({ to, percent }) => ({ to, percent })),
    event: ({ to, percent }) => ({ kind: 'offered', detail: { to, percent } }),
    says: ({ case: number, to }) => `Case ${number} is offered to ${to.length} of our people.`,
    topic: none('it is between our people'),
    batched: false,
  },
  'message-written': {
    audit: (change) => about(change.direction === 'note' ? 'case-note-written' : 'case-message-written')(change),
    event: none('the messages of a case are shown beside its events'),
    says: ({ case: number, direction, author, attachments }) =>
      `${direction === 'note' ? 'A note, for us alone,' : 'A message to the customer'}${attachments.length === 0 ? '' : ` with ${attachments.map((one) => one.name).join(', ')}`} is put on case ${number} by ${author}.`,
    topic: 'case.message-written',
    batched: false,
  },
  'kind-set': {
    audit: about('case-kind-set', differing),
    event: (change) => ({ kind: 'kind-set', detail: { ...differing(change), was: change.from.kind } }),
    says: (change) =>
      `Case ${change.case} ${Object.entries(differing(change))
        .map(([name, value]) => `${said[name as keyof typeof said]} ${value ?? 'nothing any more'}`)
        .join(', ')}.`,
    topic: 'case.kind-set',
    batched: false,
  },
  'scope-told': {
    audit: about('case-scope-told', ({ why }) => ({ why })),
    event: ({ why }) => ({ kind: 'out-of-scope', detail: { why } }),
    says: ({ case: number, why }) => `The customer is told that case ${number} is out of scope: ${why}.`,
    topic: 'case.out-of-scope',
    batched: false,
  },
} as const satisfies { [kind in WorkChange['kind']]: ChangeRow<Extract<WorkChange, { kind: kind }>> };
