import { z } from 'zod';
import { type Act, refused } from '../act.ts';
import { changeCase } from './change-case.ts';
import { caseField, wasMerged } from './on-case.ts';

const reopenInput = z.strictObject({
  case: caseField,
  reason: z.string().trim().min(1).max(500).optional().describe('why it is reopened; a customer need not say'),
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
  judge: (asked, records, given) =>
    changeCase(asked, records, given, 'open', (on) => {
      const { by, now, policy } = given;
      const { id, number, versionNo } = on;
      const { reason } = asked;
      if (on.mergedInto) return refused('conflict', wasMerged(on));
      const reopensToday = records.own?.answers?.reopensToday ?? 0;
      if (by.kind !== 'contact' && reason === undefined)
        return refused('bad-input', `Case ${number} was closed: say for what reason it is reopened.`);
      if (by.kind === 'contact' && reopensToday >= policy.maxReopensPerDay)
        return refused('conflict', `Case ${number} was reopened ${reopensToday} times that day.`, 'reopened-often');
      const why = reason === undefined ? {} : { reason };
      return { kind: 'case-reopened', case: number, id, versionNo, fillsIn: {}, ...why, at: now, by };
    }),
};
