import { z } from 'zod';
import { absenceAt } from '../../../staff/on-duty.ts';
import { staffMay } from '../../../staff/rights.ts';
import { named } from '../../../staff/staff.ts';
import { type Act, refusedWork } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { toStaff } from '../case-letters.ts';
import { caseField, standing, theOpenCase, workedOf } from '../on-case.ts';

const input = z.strictObject({
  case: caseField,
  to: z.string().min(1).max(200).describe('name or address of one of our people'),
});

/** POLICY §5.1. Whoever gets it is told. */
export const assignCase: Act<z.infer<typeof input>> = {
  name: 'assign-case',
  input,
  right: 'cases: work',
  does: 'gives a case to one of our people',
  gives: { changes: ['owner-set'], letters: ['case-notice'] },
  byMail: '`ASSIGN <name or address>`',
  needs: workedOf,
  judge(asked, records, given) {
    const { desk, now } = given;
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    const on = theOpenCase(records, asked.case);
    if ('says' in on) return on;
    const found = named(desk.people, asked.to);
    const [to] = found;
    if (!to) return refusedWork({ why: 'nobody', what: asked.to }, 'bad-input', `"${asked.to}" is none of our people.`);
    if (found.length > 1) {
      const all = found.map((one) => one.email).join(', ');
      return refusedWork(
        { why: 'several-people', what: asked.to, more: all },
        'bad-input',
        `"${asked.to}" may be ${all}: name one of the addresses.`,
      );
    }
    if (!staffMay(to, 'cases: work'))
      return refusedWork({ why: 'not-on-cases', what: to.name }, 'bad-input', `${to.name} does not work on cases.`);
    if (on.owner === to.email)
      return refusedWork({ why: 'is-theirs', what: to.name }, 'conflict', `Case ${on.number} is ${to.name}'s already.`);
    const absent = absenceAt(to, now, desk);
    if (absent)
      return refusedWork(
        { why: 'absent', what: to.name, day: absent.to },
        'conflict',
        `${to.name} is absent until ${absent.to}.`,
      );
    const { owner: from } = on;
    return {
      kind: 'done',
      changes: [{ kind: 'owner-set', ...standing(on, given), from, to: to.email, how: 'assigned' }],
      letters: toStaff({ ...on, owner: to.email }, { why: 'assigned' }, [to], given),
    };
  },
};
