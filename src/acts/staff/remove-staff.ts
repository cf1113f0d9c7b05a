import { z } from 'zod';
import { addressSchema } from '../../staff/staff.ts';
import { type Act, refused } from '../act.ts';
import { isRefusal, staffFor } from '../as-staff.ts';
import { namedInFile } from './add-staff.ts';

const input = z.strictObject({ email: addressSchema });

/** Whoever is removed is nobody at once; their open cases go to the queue again (acts/cases/timers/handover.ts). */
export const removeStaff: Act<z.infer<typeof input>> = {
  name: 'remove-staff',
  input,
  right: 'staff: manage',
  does: 'takes somebody who was added off our people; their open cases go to the queue',
  gives: { changes: ['staff-removed'], letters: [] },
  needs: ({ email }) => ({ staff: [email], representedBy: email }),
  judge({ email }, { staff = [], represents }, given) {
    const who = staffFor(given, 'staff: manage');
    if (isRefusal(who)) return who;
    const { by, now: at, desk } = given;
    const before = staff.find((one) => one.email === email);
    if (!before) return namedInFile(desk, email) ?? refused('not-found', `${email} is none of our people.`);
    const accounts = represents && represents.count > 0 ? { represents } : {};
    return {
      kind: 'done',
      changes: [{ kind: 'staff-removed', email, name: before.name, ...accounts, at, by }],
      letters: [],
    };
  },
};
