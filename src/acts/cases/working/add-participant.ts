import { z } from 'zod';
import { addressSchema } from '../../../staff/staff.ts';
import { type Act, refused } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { caseField, standing, theOpenCase } from '../on-case.ts';

const input = z.strictObject({
  case: caseField,
  address: addressSchema.describe('of somebody on record at the site of the case'),
});

/** POLICY §5: takes part from now on as if written in copy; whoever has left is back. */
export const addParticipant: Act<z.infer<typeof input>> = {
  name: 'add-participant',
  input,
  right: 'cases: work',
  does: 'lets somebody of the site take part in a case, and hear of it from now on',
  gives: { changes: ['participant-named'], letters: [] },
  needs: ({ case: number, address }) => ({ worked: [number], onSite: { case: number, address } }),
  judge({ case: number, address }, records, given) {
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    const on = theOpenCase(records, number);
    if ('says' in on) return on;
    const person = records.onSite ?? null;
    if (person === null)
      return refused(
        'conflict',
        `${address} is not on record at site ${on.of.site.number}: add them as a contact there first.`,
      );
    const { contact } = person;
    if (on.participants.some((one) => one.address === address || one.contact === contact) || on.contact?.id === contact)
      return refused('conflict', `${address} takes part in case ${number} already.`);
    return {
      kind: 'done',
      changes: [{ kind: 'participant-named', ...standing(on, given), address, contact }],
      letters: [],
    };
  },
};
