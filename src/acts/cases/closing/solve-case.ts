import { z } from 'zod';
import { staffOf } from '../../../changes/by.ts';
import { type Act, refused } from '../../act.ts';
import { toPeople } from '../case-letters.ts';
import { theCase } from '../close-case.ts';

export const solveInput = z.strictObject({
  case: theCase,
  text: z.string().trim().min(1).max(50_000).optional().describe('what solves it, as the customer reads it'),
});
type SolveCase = z.infer<typeof solveInput>;

/** Signs that ask something in the languages of the letters: a bare yes might answer that. */
const asksMore = (text: string): boolean => /[?？]|か。/.test(text);

/** POLICY §6.1: proposes the solution and asks whether it is one; proposed again, the reminders begin anew. */
export const solveCase: Act<SolveCase> = {
  name: 'solve-case',
  input: solveInput,
  right: 'cases: update',
  forStaff: true,
  does: 'proposes the solution of a case and asks the customer whether it is solved',
  gives: { changes: ['solution-proposed'], letters: ['solution-proposed'] },
  needs: (asked) => ({ worked: [asked.case] }),
  judge(asked, { worked = [] }, { by, now, desk }) {
    const on = worked.find((one) => one.number === asked.case);
    if (!on) return refused('not-found', `There is no case ${asked.case}.`);
    if (on.status === 'closed') return refused('conflict', `Case ${on.number} is closed already.`);
    const staff = staffOf(by);
    if (staff === null) return refused('bad-input', 'A solution is proposed by somebody: say which of our people.');
    const { id, number, title, versionNo } = on;
    const { text = null } = asked;
    const name = desk.people.find(({ email }) => email === staff)?.name ?? null;
    const asks = { kind: 'solved', case: number, yesCounts: text === null || !asksMore(text) } as const;
    return {
      kind: 'done',
      changes: [{ kind: 'solution-proposed', case: number, id, versionNo, at: now, by }],
      letters: toPeople(on, { template: 'solution-proposed', values: { number, title, text, name } }, { asks }),
    };
  },
};
