import { z } from 'zod';
import { type Act, refused } from '../act.ts';
import { theCase } from './close-case.ts';
import { ownOf, toldChanged } from './told-changed.ts';

export const reopenInput = z.strictObject({
  case: theCase,
  reason: z.string().trim().min(1).max(500).optional().describe('why; not needed from the customer'),
});
type ReopenCase = z.infer<typeof reopenInput>;

/** POLICY §6.2, §6.3: a customer so many times a day, our own people with a reason. */
export const reopenCase: Act<ReopenCase> = {
  name: 'reopen-case',
  input: reopenInput,
  right: 'cases: update',
  does: 'reopens a closed case',
  gives: { changes: ['case-reopened'], letters: ['command-changed'] },
  byMail: '`REOPEN`',
  needs: (asked) => ({ cases: [asked.case] }),
  judge(asked, records, given) {
    const { by, now, policy } = given;
    const on = records.cases.find((one) => one.number === asked.case);
    if (!on) return refused('not-found', `There is no case ${asked.case}.`);
    const { id, number, versionNo, status, reopensToday = 0 } = on;
    const own = ownOf('REOPEN', on, records, given);
    if (own && 'kind' in own) return own;
    if (status === 'open')
      return own ? toldChanged(on, own, 'was-open', given) : refused('conflict', `Case ${number} is open already.`);
    const { reason } = asked;
    if (by.kind !== 'contact' && reason === undefined)
      return refused('bad-input', `Case ${number} was closed: give a reason for which it is reopened.`);
    if (by.kind === 'contact' && reopensToday >= policy.maxReopensPerDay)
      return refused('conflict', `Case ${number} was reopened ${reopensToday} times that day.`, 'reopened-often');
    const of = { case: number, id, versionNo, fillsIn: {}, at: now, by } as const;
    const reopened = { kind: 'case-reopened', ...of, ...(reason !== undefined && { reason }) } as const;
    return own
      ? toldChanged(on, own, 'reopened', given, [reopened])
      : { kind: 'done', changes: [reopened], letters: [] };
  },
};
