/** What a person has done about a letter that did not arrive: it is off the list of those that nobody has dealt with. */
import { z } from 'zod';
import { letterMarks } from '../../changes/letter.ts';
import { type Act, type LetterRecord, type Records, refused } from '../act.ts';
import { type OneLetter, oneLetter } from './waiting-letter.ts';

const markInput = oneLetter.extend({
  as: z.enum(letterMarks).describe('"reached": told by another way; "not-needed": it is needed no more'),
});

const found = (records: Records, id: string): LetterRecord | null =>
  records.letters.find((one) => one.id === id) ?? null;
const right = 'letters: settle';

export const markLetter: Act<z.infer<typeof markInput>> = {
  name: 'mark-letter',
  input: markInput,
  right,
  does: 'says that a letter which did not arrive is dealt with',
  gives: { changes: ['letter-marked'], letters: [] },
  needs: (asked) => ({ letters: [asked.letter] }),
  judge(asked, records, { by, now: at }) {
    const letter = found(records, asked.letter);
    if (!letter) return refused('not-found', `There is no letter ${asked.letter}.`);
    const { id, state, fence, template, to, markedAs } = letter;
    if (state !== 'failed' && state !== 'bounced')
      return refused('conflict', `Letter ${id} is ${state}; only one that failed or came back is dealt with.`);
    if (markedAs === asked.as) return refused('conflict', `Letter ${id} counts as dealt with already.`);
    return {
      kind: 'done',
      changes: [{ kind: 'letter-marked', id, fence, template, to, as: asked.as, at, by }],
      letters: [],
    };
  },
};

export const unmarkLetter: Act<OneLetter> = {
  name: 'unmark-letter',
  input: oneLetter,
  right,
  does: 'takes back that a letter is dealt with',
  gives: { changes: ['letter-unmarked'], letters: [] },
  needs: (asked) => ({ letters: [asked.letter] }),
  judge(asked, records, { by, now: at }) {
    const letter = found(records, asked.letter);
    if (!letter) return refused('not-found', `There is no letter ${asked.letter}.`);
    const { id, fence, template, to, markedAs } = letter;
    if (markedAs === null) return refused('conflict', `Nobody has said that letter ${id} is dealt with.`);
    return { kind: 'done', changes: [{ kind: 'letter-unmarked', id, fence, template, to, at, by }], letters: [] };
  },
};
