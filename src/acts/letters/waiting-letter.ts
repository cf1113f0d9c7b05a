/** A letter that waits for a person (MAIL.md §1.2): out, or never. */
import { z } from 'zod';
import { type Act, refused } from '../act.ts';

export const oneLetter = z.strictObject({
  letter: z
    .string()
    .regex(/^\d{1,18}$/, 'the id of a letter has digits only')
    .describe('the id of the letter'),
});
export type OneLetter = z.infer<typeof oneLetter>;

const waitingLetterAct = (
  name: string,
  does: string,
  kind: 'letter-released' | 'letter-suppressed',
): Act<OneLetter> => ({
  name,
  input: oneLetter,
  right: 'letters: settle',
  does,
  gives: { changes: [kind], letters: [] },
  needs: (asked) => ({ letters: [asked.letter] }),
  judge(asked, records, { by, now }) {
    const letter = records.letters.find((one) => one.id === asked.letter);
    if (!letter) return refused('not-found', `There is no letter ${asked.letter}.`);
    const { id, state, fence, template, to } = letter;
    if (state !== 'waiting') return refused('conflict', `Letter ${id} is ${state}; only a waiting one can be settled.`);
    return { kind: 'done', changes: [{ kind, id, fence, template, to, at: now, by }], letters: [] };
  },
});

export const releaseLetter = waitingLetterAct('release-letter', 'lets a waiting letter out', 'letter-released');
export const suppressLetter = waitingLetterAct(
  'suppress-letter',
  'keeps a waiting letter back for ever',
  'letter-suppressed',
);
