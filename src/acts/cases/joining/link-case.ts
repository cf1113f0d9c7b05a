import { z } from 'zod';
import { type Act, refused } from '../../act.ts';
import { isRefusal, staffFor } from '../../as-staff.ts';
import { caseField, standing, theCase } from '../on-case.ts';

const input = z.strictObject({ case: caseField, to: caseField.describe('the case that has to do with it') });

/** Both go on as they are; only our own people see that they have to do with each other, so that they may be of two sites. */
export const linkCase: Act<z.infer<typeof input>> = {
  name: 'link-case',
  input,
  right: 'cases: work',
  does: 'notes on two cases that they have to do with each other',
  gives: { changes: ['case-linked'], letters: [] },
  needs: (asked) => ({ worked: [asked.case, asked.to] }),
  judge(asked, records, given) {
    const who = staffFor(given, 'cases: work');
    if (isRefusal(who)) return who;
    if (asked.case === asked.to) return refused('bad-input', 'A case is not linked to itself.');
    const on = theCase(records, asked.case);
    if ('says' in on) return on;
    const to = theCase(records, asked.to);
    if ('says' in to) return to;
    if (on.events.some(({ kind, detail }) => kind === 'linked' && detail.case === to.number))
      return refused('conflict', `Case ${on.number} and case ${to.number} are linked already.`);
    const other = { case: to.number, id: to.id, at: given.now, mail: null };
    return { kind: 'done', changes: [{ kind: 'case-linked', ...standing(on, given), to: other }], letters: [] };
  },
};
