import { z } from 'zod';
import { type Act, refused } from '../act.ts';
import { ownOf, toldChanged } from './told-changed.ts';

export const theCase = z
  .string()
  .regex(/^\d{1,15}$/, 'a case number has digits only')
  .describe('the number of the case');
const input = z.strictObject({ case: theCase });
type CloseCase = z.infer<typeof input>;

/** POLICY §6.1. A closed case is not closed again: somebody was faster, and a customer hears that it is. */
export const closeCase: Act<CloseCase> = {
  name: 'close-case',
  input,
  right: 'cases: update',
  does: 'closes a case',
  gives: { changes: ['case-closed'], letters: ['command-changed'] },
  byMail: '`CLOSE`',
  needs: (asked) => ({ cases: [asked.case] }),
  judge(asked, records, given) {
    const { by, now } = given;
    const on = records.cases.find((one) => one.number === asked.case);
    if (!on) return refused('not-found', `There is no case ${asked.case}.`);
    const { id, number, title, versionNo, status } = on;
    const own = ownOf('CLOSE', on, records, given);
    if (own && 'kind' in own) return own;
    if (status === 'closed')
      return own ? toldChanged(on, own, 'was-closed', given) : refused('conflict', `Case ${number} is closed already.`);
    const closed = { kind: 'case-closed', case: number, id, versionNo, title, at: now, by } as const;
    return own ? toldChanged(on, own, 'closed', given, [closed]) : { kind: 'done', changes: [closed], letters: [] };
  },
};
