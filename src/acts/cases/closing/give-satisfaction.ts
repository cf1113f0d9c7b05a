import { z } from 'zod';
import { mayAnswer, scores } from '../../../cases/satisfaction.ts';
import { letterId } from '../../../foundation/ids.ts';
import { type Act, refused } from '../../act.ts';

const input = z.strictObject({
  letter: z.string().describe('the letter that asks'),
  score: z.literal(scores).describe('from 1, very poor, to 5, very good'),
});
type GiveSatisfaction = z.infer<typeof input>;

/** Nobody changes their mind so often within a day. */
const mostAnswers = 20;
const dayMs = 24 * 3_600_000;

/** POLICY §6.1: how it was, by a reply or on the page. Whoever has the letter may say so; a reply is taken whenever it comes. */
export const giveSatisfaction: Act<GiveSatisfaction> = {
  name: 'give-satisfaction',
  input,
  right: 'none',
  does: 'records how satisfied a customer was with a case',
  gives: { changes: ['satisfaction-given'], letters: [] },
  byMail: 'a number from 1 to 5, in a reply to the letter after the close',
  byPage: 'the page that this letter links to',
  needs: (asked) => ({ satisfaction: asked.letter }),
  judge(asked, { satisfaction: on }, { by, now, policy }) {
    if (!on) return refused('not-found', 'No letter asks that.');
    const until = Date.parse(on.askedAt) + policy.satisfactionDays * dayMs;
    if (by.kind !== 'contact' && by.kind !== 'mail' && Date.parse(now) > until)
      return refused('conflict', 'The time to answer is over.');
    if (!mayAnswer(on.answers, now) || on.answers.length >= mostAnswers)
      return refused('conflict', 'This was answered before, and the answer stands.');
    const { case: number, id } = on;
    const letter = letterId(asked.letter);
    const given = { kind: 'satisfaction-given', case: number, id, letter, score: asked.score, at: now, by } as const;
    return { kind: 'done', changes: [given], letters: [] };
  },
};
