import { z } from 'zod';
import type { Act } from '../../act.ts';
import { asStaff } from '../../as-staff.ts';
import { toPeople } from '../case-letters.ts';
import { metBy, waitOf } from '../clock/clock-of.ts';
import { caseField, standing, textField, theOpenCase, workedOf } from '../on-case.ts';

const input = z.strictObject({
  case: caseField,
  text: textField(100_000).optional().describe('what solves it, as the customer reads it'),
});

/** Signs that ask something in the languages of the letters: a bare yes might answer that. */
const asksMore = (text: string): boolean => /[?？]|か。/.test(text);

/** POLICY §6.1: proposes the solution, asks whether it is one, and waits for the customer; proposed again, the reminders begin anew. */
export const solveCase: Act<z.infer<typeof input>> = {
  name: 'solve-case',
  input,
  right: 'cases: work',
  forStaff: true,
  does: 'proposes the solution of a case and asks the customer whether it is solved',
  gives: {
    changes: ['solution-proposed', 'message-written', 'clock-met', 'clock-paused', 'owner-set'],
    letters: ['solution-proposed'],
  },
  byMail: '`SOLVED`',
  needs: workedOf,
  judge: ({ case: asked, text }, records, given) =>
    asStaff(given, 'cases: work', (who) => {
      const on = theOpenCase(records, asked);
      if ('says' in on) return on;
      const { number, title } = on;
      const of = standing(on, given);
      // Until they answer: a moment that was set before does not end it.
      const wait = waitOf(on);
      const waits = wait !== null && wait.until === null;
      const { email: author, name } = who;
      const written = { kind: 'message-written', ...of, direction: 'out', author, attachments: [] } as const;
      const values = { number, title, text: text ?? null, name };
      const asks = { kind: 'solved', case: number, yesCounts: text === undefined || !asksMore(text) } as const;
      return {
        kind: 'done',
        changes: [
          { kind: 'solution-proposed', ...of },
          ...(text === undefined ? [] : [{ ...written, text }]),
          ...metBy(on, given),
          ...(waits ? [] : [{ kind: 'clock-paused', ...of, until: null } as const]),
          ...(on.owner === null ? [{ kind: 'owner-set', ...of, from: null, to: author, how: 'taken' } as const] : []),
        ],
        letters: toPeople(on, { template: 'solution-proposed', values }, { asks }),
      };
    }),
};
