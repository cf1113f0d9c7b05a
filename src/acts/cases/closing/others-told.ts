/** What somebody at the customer makes of a case, closed or open again, is told to the others who take part in it (POLICY §6.1, §6.2). */
import type { Letter } from '../../../outbound/letter.ts';
import type { Given } from '../../act.ts';
import { toPeople } from '../case-letters.ts';
import { standing } from '../on-case.ts';
import type { WorkedCase } from '../records.ts';
import type { CaseTimer } from '../timers/timer.ts';

const marks: readonly string[] = ['closed', 'reopened', 'others-told'];

/** Our own people tell all of them by themselves, and so name no contact; nor does what was written before others were told. */
function untold({ status, events }: WorkedCase) {
  const last = events.findLast(({ kind }) => marks.includes(kind));
  if (last === undefined || typeof last.detail.contact !== 'string') return undefined;
  return (last.kind === 'closed') === (status === 'closed') ? last : undefined;
}

function letterOf(on: WorkedCase, who: string | null, { reopenDays: days }: Given['policy']): Letter {
  const { number, title, status } = on;
  if (status === 'open')
    return { template: 'command-changed', values: { number, title, now: 'reopened-by', who, days } };
  const how = untold(on)?.detail.solved === true ? 'solved-by' : 'asked-by';
  // Whoever has closed it is asked how it was.
  return { template: 'case-closed', values: { number, title, how, who, text: null, days, link: null } };
}

export const othersTold: CaseTimer = {
  name: 'others-told',
  gives: { changes: ['others-told'], letters: ['case-closed', 'command-changed'] },
  dueAt: (on) => untold(on)?.at ?? null,
  runOut(on, given) {
    const by = untold(on)?.detail.contact;
    const own = on.participants.filter(({ contact }) => contact === by);
    const asked = on.contact?.id === by ? on.contact : null;
    const theirs = [...own.map(({ address }) => address), ...(asked ? [on.contactAddress] : [])];
    const letter = letterOf(on, asked?.name ?? own[0]?.name ?? null, given.policy);
    return {
      changes: [{ kind: 'others-told', ...standing(on, given) }],
      letters: toPeople(on, letter, { matter: `${on.status}:${on.number}` }).filter(({ to }) => !theirs.includes(to)),
    };
  },
};
