import { z } from 'zod';
import { staffOf } from '../../../changes/by.ts';
import { type Act, refused } from '../../act.ts';
import { toPeople } from '../case-letters.ts';
import { metBy, waitOf } from '../clock/clock-of.ts';
import { caseField, standing, textField, theOpenCase, workedOf } from '../on-case.ts';

export const solveInput = z.strictObject({
  case: caseField,
  text: textField(50_000).optional().describe('what solves it, as the customer reads it'),
});
type SolveCase = z.infer<typeof solveInput>;

/** Signs that ask something in the languages of the letters: a bare yes might answer that. */
const asksMore = (text: string): boolean => /[?？]|か。/.test(text);

/** POLICY §6.1: proposes the solution, asks whether it is one, and waits for the customer; proposed again, the reminders begin anew. */
export const solveCase: Act<SolveCase> = {
  name: 'solve-case',
  input: solveInput,
  right: 'cases: update',
  forStaff: true,
  does: 'proposes the solution of a case and asks the customer whether it is solved',
  gives: { changes: ['solution-proposed', 'clock-met', 'clock-paused'], letters: ['solution-proposed'] },
  needs: workedOf,
  judge(asked, records, given) {
    const on = theOpenCase(records, asked.case);
    if ('says' in on) return on;
    const staff = staffOf(given.by);
    if (staff === null) return refused('bad-input', 'A solution is proposed by somebody: say which of our people.');
    const { number, title } = on;
    const { text = null } = asked;
    const name = given.desk.people.find(({ email }) => email === staff)?.name ?? null;
    const asks = { kind: 'solved', case: number, yesCounts: text === null || !asksMore(text) } as const;
    // Until they answer: a moment that was set before does not end it.
    const wait = waitOf(on);
    const waits = wait !== null && wait.until === null;
    return {
      kind: 'done',
      changes: [
        { kind: 'solution-proposed', ...standing(on, given) },
        ...metBy(on, given),
        ...(waits ? [] : [{ kind: 'clock-paused', ...standing(on, given), until: null } as const]),
      ],
      letters: toPeople(on, { template: 'solution-proposed', values: { number, title, text, name } }, { asks }),
    };
  },
};
