import { z } from 'zod';
import { type Act, refused } from '../act.ts';

const input = z.strictObject({
  case: z
    .string()
    .regex(/^\d{1,15}$/, 'a case number has digits only')
    .describe('the number of the case'),
});
type CloseCase = z.infer<typeof input>;

/** POLICY §6.1. A closed case is not closed again: somebody was faster. */
export const closeCase: Act<CloseCase> = {
  name: 'close-case',
  input,
  right: 'cases: update',
  does: 'closes a case',
  gives: { changes: ['case-closed'], letters: [] },
  byMail: '`CLOSE`',
  needs: (asked) => ({ cases: [asked.case] }),
  judge(asked, records, { by, now }) {
    const on = records.cases.find((one) => one.number === asked.case);
    if (!on) return refused('not-found', `There is no case ${asked.case}.`);
    if (on.status === 'closed') return refused('conflict', `Case ${on.number} is closed already.`);
    const { id, number, title, versionNo } = on;
    const closed = { kind: 'case-closed', case: number, id, versionNo, title, at: now, by } as const;
    return { kind: 'done', changes: [closed], letters: [] };
  },
};
