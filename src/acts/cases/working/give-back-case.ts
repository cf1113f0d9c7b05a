import { z } from 'zod';
import { type Act, refused } from '../../act.ts';
import { asStaff } from '../../as-staff.ts';
import { caseField, standing, theOpenCase, workedOf } from '../on-case.ts';
import { nameOf } from './take-case.ts';

const input = z.strictObject({ case: caseField });

/** POLICY §5.1: whoever has taken one by mistake gives it back, and it is offered again; another's is assigned by whoever may. */
export const giveBackCase: Act<z.infer<typeof input>> = {
  name: 'give-back-case',
  input,
  right: 'cases: work',
  forStaff: true,
  does: 'gives a case back that one has: it waits for somebody again',
  gives: { changes: ['owner-set'], letters: [] },
  needs: workedOf,
  judge: (asked, records, given) =>
    asStaff(given, 'cases: work', (who) => {
      const on = theOpenCase(records, asked.case);
      if ('says' in on) return on;
      if (on.owner === null) return refused('conflict', `Case ${on.number} is nobody's already.`);
      if (on.owner !== who.email) {
        const name = nameOf(given.desk, on.owner);
        return refused('conflict', `Case ${on.number} is ${name}'s, who alone gives it back. Assign it instead.`);
      }
      const free = { kind: 'owner-set', ...standing(on, given), from: on.owner, to: null, how: 'given-back' } as const;
      return { kind: 'done', changes: [free], letters: [] };
    }),
};
