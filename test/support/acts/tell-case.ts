/** One more act over the changes there are: it closes a case, and tells somebody. Only the tests have it. */
import { z } from 'zod';
import { type Act, refused } from '../../../src/acts/act.ts';

const input = z.strictObject({
  case: z
    .string()
    .regex(/^\d{1,15}$/)
    .describe('the number of the case'),
  to: z.email().describe('who is told'),
});
export type CloseAndTell = z.infer<typeof input>;

export const closeAndTell: Act<CloseAndTell> = {
  name: 'close-and-tell',
  input,
  right: 'cases: update',
  does: 'closes a case and tells somebody',
  gives: { changes: ['case-closed'], letters: ['case-closed'] },
  needs: (asked) => ({ cases: [asked.case] }),
  judge(asked, records, { by, now }) {
    const on = records.cases.find((one) => one.number === asked.case);
    if (!on) return refused('not-found', `There is no case ${asked.case}.`);
    if (on.status === 'closed') return refused('conflict', `Case ${on.number} is closed already.`);
    const { id, number, title, versionNo } = on;
    return {
      kind: 'done',
      changes: [{ kind: 'case-closed', case: number, id, versionNo, title, at: now, by }],
      letters: [
        {
          template: 'case-closed',
          values: { number, title, how: 'ours', who: null, text: null, days: 30, link: null },
          to: asked.to,
          audience: 'contact',
          language: 'en',
          matter: `close:${number}`,
          case: number,
          answers: null,
          followsOwn: false,
          asks: null,
          fate: { kind: 'send' },
        },
      ],
    };
  },
};
