/** A case closed or reopened (POLICY §6.1, §6.2): a contact who asks is told what has become of it, our own people see it in what follows. */
import { takesPart } from '../../registry/permissions.ts';
import { type Given, type Judged, type Records, type Refusal, refused, refusedWork } from '../act.ts';
import { letterTo } from '../self-service/telling.ts';
import { satisfactionLink } from './closing/closing-letters.ts';
import type { CaseRecord } from './records.ts';

const says = {
  closed: 'was closed by the customer',
  solved: 'was closed: the customer says that it is solved',
  'was-closed': 'is closed already',
  reopened: 'was reopened by the customer',
  'was-open': 'is open already',
} as const;

/**
 * Where it stands as `done` already it is not done again: somebody was faster, and a customer hears that it is. `change` is what becomes of
 * it, or why nothing does.
 */
export function changeCase(
  asked: { readonly case: string; readonly solved?: boolean | undefined },
  { cases, own }: Records,
  { by, desk, policy }: Given,
  done: CaseRecord['status'],
  change: (on: CaseRecord) => (Judged & { kind: 'done' })['changes'][number] | Refusal,
): Judged {
  const on = cases.find((one) => one.number === asked.case);
  if (!on) return refused('not-found', `There is no case ${asked.case}.`);
  const { number, title, status } = on;
  const contact = by.kind === 'contact' ? own?.contact : undefined;
  // Others' cases are theirs to answer, and not to close.
  if (contact?.role === 'licence user' && !takesPart(own?.answers, contact))
    return refused('no-right', `Case ${number} is not one of the licence user's own.`, 'no-right');
  const stands = status === done;
  if (stands && !contact) {
    const says = `Case ${number} is ${status} already.`;
    if (status === 'open') return refused('conflict', says);
    return refusedWork(
      on.mergedInto ? { why: 'case-merged', what: on.mergedInto } : { why: 'case-closed' },
      'conflict',
      says,
    );
  }
  const made = stands ? null : change(on);
  if (made?.kind === 'refused') return made;
  const changes = made ? [made] : [];
  if (!own || !contact) return { kind: 'done', changes, letters: [] };
  const becomes = stands ? (`was-${done}` as const) : ({ open: 'reopened', closed: 'closed' } as const)[done];
  const days = policy.reopenDays;
  if (becomes !== 'closed') {
    const values = { number, title, now: becomes, who: null, days };
    const letter = letterTo(own, { template: 'command-changed', values }, `${becomes}:${number}`, number);
    return { kind: 'done', changes, letters: [letter], says: `Case ${number} ${says[becomes]}.` };
  }
  const link = satisfactionLink(desk);
  const how = asked.solved ? 'solved' : 'asked';
  const values = { number, title, how, who: null, text: null, days, link } as const;
  const letter = {
    ...letterTo(own, { template: 'case-closed', values }, `closed:${number}`, number),
    asks: { kind: 'satisfaction', case: number },
  } as const;
  return {
    kind: 'done',
    changes,
    letters: [letter],
    says: `Case ${number} ${says[asked.solved ? 'solved' : 'closed']}.`,
  };
}
