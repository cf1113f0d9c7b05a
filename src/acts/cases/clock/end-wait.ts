import { z } from 'zod';
import { type Act, refused } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { caseField, theOpenCase, workedOf } from '../on-case.ts';
import { resumedBy, waitOf } from './clock-of.ts';

const input = z.strictObject({ case: caseField });

/** POLICY §4.6: our people go on before the customer has written, or the time is over. What the clock has waited stays waited. */
export const endWait: Act<z.infer<typeof input>> = {
  name: 'end-wait',
  input,
  right: 'cases: work',
  does: 'waits for the customer no more: the clock of the case runs again',
  gives: { changes: ['clock-resumed'], letters: [] },
  needs: workedOf,
  judge(asked, records, given) {
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    const on = theOpenCase(records, asked.case);
    if ('says' in on) return on;
    if (waitOf(on) === null) return refused('conflict', `Case ${on.number} does not wait for the customer.`);
    return { kind: 'done', changes: [resumedBy(on, given, 'ours')], letters: [] };
  },
};
