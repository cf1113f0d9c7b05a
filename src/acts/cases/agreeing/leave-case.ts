import { z } from 'zod';
import { type Act, refused } from '../../act.ts';
import { caseField, standing, workedOf } from '../on-case.ts';
import { askedCase } from './asked-case.ts';

const input = z.strictObject({
  case: caseField,
  address: z.email().optional().describe('of one of those who take part'),
});

/** POLICY §5: whoever takes part in a case may leave it, and hears no more of it; copies of others' mails do not bring them back. */
export const leaveCase: Act<z.infer<typeof input>> = {
  name: 'leave-case',
  input,
  right: 'cases: view',
  does: 'lets somebody who takes part in a case leave it',
  gives: { changes: ['participant-left'], letters: ['case-left'] },
  byMail: '`LEAVE`',
  needs: workedOf,
  judge(asked, records, given) {
    const on = askedCase(asked, records, given, { closedToo: true });
    if ('says' in on) return on;
    const { contact, number, title } = on;
    const theirs = contact ? [contact.email, ...contact.aliases] : [asked.address?.toLowerCase() ?? ''];
    const addresses = on.participants.filter((one) => theirs.includes(one));
    if (on.requester !== undefined && theirs.includes(on.requester))
      return refused('conflict', `Whoever asked for case ${number} does not leave it.`, 'own-case');
    if (addresses.length === 0 && !contact)
      return refused('not-found', `${asked.address ?? 'Nobody'} takes no part in case ${number}.`);
    return {
      kind: 'done',
      changes: addresses.map((address) => ({ kind: 'participant-left', ...standing(on, given), address })),
      letters: contact ? on.tell({ template: 'case-left', values: { number, title } }, 'left') : [],
      says: `The sender takes no part in case ${number} any more.`,
    };
  },
};
