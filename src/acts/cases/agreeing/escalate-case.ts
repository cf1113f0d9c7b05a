import { z } from 'zod';
import { mayEscalate } from '../../../cases/version-support.ts';
import { dutyOrAll } from '../../../staff/on-duty.ts';
import { withRole } from '../../../staff/staff.ts';
import { type Act, type Given, refused, refusedWork } from '../../act.ts';
import { caseField, standing, textField, workedOf } from '../on-case.ts';
import { askedCase } from './asked-case.ts';

const input = z.strictObject({
  case: caseField,
  plan: textField(5000).optional().describe('what is done about it, as the customer reads it; of an escalated case'),
  until: z.iso.date().optional().describe('the day by which it is done'),
});

const roles = { 1: ['manager'], 2: ['director', 'admin'] } as const;

/** Of those on duty the first one; nobody is named where nobody is on record for it. */
function whomFor(level: 1 | 2, { desk, now, policy }: Given) {
  const { businessHours, holidays } = policy;
  const people = withRole(desk.people, ...roles[level]);
  return dutyOrAll(people, now, { businessHours, holidays, timezone: desk.timezone })[0] ?? null;
}

/** POLICY §5.5: to a manager, who is named and gives an action plan; once more, to the director. */
export const escalateCase: Act<z.infer<typeof input>> = {
  name: 'escalate-case',
  input,
  right: 'cases: update',
  does: 'escalates a case to a manager, then to the director; with a plan, tells the customer what is done and by when',
  gives: { changes: ['case-escalated', 'plan-given'], letters: ['case-escalated'] },
  byMail: '`ESCALATE`',
  needs: workedOf,
  judge(asked, records, given) {
    const on = askedCase(asked, records, given);
    if ('says' in on) return on;
    const { number, title, escalation } = on;
    const nameOf = (address: string | null) => given.desk.people.find(({ email }) => email === address)?.name ?? null;
    if (asked.plan !== undefined || asked.until !== undefined) {
      const { plan, until } = asked;
      if (!escalation) return refused('conflict', `Case ${number} is not escalated.`);
      if (plan === undefined || until === undefined) return refused('bad-input', 'A plan has a text and a day.');
      const values = { number, title, level: escalation.level, name: nameOf(escalation.to), plan, until };
      return {
        kind: 'done',
        changes: [{ kind: 'plan-given', ...standing(on, given), plan, until }],
        letters: on.tell({ template: 'case-escalated', values }, 'plan'),
      };
    }
    if (!mayEscalate(on.kind))
      return refusedWork(
        { why: 'preview-not-escalated' },
        'conflict',
        `Case ${number} is about a preview, which is not escalated.`,
        'preview-not-escalated',
      );
    if (escalation?.level === 2)
      return refusedWork(
        { why: 'escalated-already' },
        'conflict',
        `Case ${number} is with the director already.`,
        'escalated-already',
      );
    const level = escalation ? 2 : 1;
    const to = whomFor(level, given);
    const values = { number, title, level, name: to?.name ?? null, plan: null, until: null } as const;
    return {
      kind: 'done',
      changes: [{ kind: 'case-escalated', ...standing(on, given), escalation: { level, to: to?.email ?? null } }],
      letters: on.tell({ template: 'case-escalated', values }, `escalated:${level}`),
      says: `Case ${number} is escalated by the customer to ${level === 1 ? 'a manager' : 'the director'}.`,
    };
  },
};
