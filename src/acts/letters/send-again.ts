/** A letter whose way is over, once more: the same bytes, the same Message-ID. */
import { isSentAgainFrom } from '../../changes/letter.ts';
import { tellsSecret } from '../../outbound/letter.ts';
import { type Act, type LetterRecord, refused } from '../act.ts';
import { type OneLetter, oneLetter } from './waiting-letter.ts';

/** Null: nothing stands in the way. */
function whyNot({ id, state, kept, template, codeGood, ended }: LetterRecord): string | null {
  if (state === 'waiting') return `Letter ${id} waits for a person: release it.`;
  if (state === 'queued' || state === 'unknown') return `Letter ${id} is on its way; it is tried until it is given up.`;
  if (!kept)
    return state === 'suppressed'
      ? `Letter ${id} was held back when it was written, and nothing of it is there to be sent.`
      : `What letter ${id} said is deleted, so that it cannot be sent again.`;
  if (!isSentAgainFrom(state)) return `Letter ${id} is ${state} and stays so.`;
  if (codeGood === false) return `The code in letter ${id} is good no more. Whoever needs one asks again by mail.`;
  if (codeGood === null && tellsSecret(template))
    return `Letter ${id} tells a secret that is told once. Make a new one instead.`;
  if (ended) return `Whoever letter ${id} went to has ended letters of this kind since.`;
  return null;
}

export const sendLetterAgain: Act<OneLetter> = {
  name: 'send-letter-again',
  input: oneLetter,
  right: 'letters: settle',
  does: 'sends a letter once more that was sent, came back or was given up',
  gives: { changes: ['letter-sent-again'], letters: [] },
  needs: (asked) => ({ letters: [asked.letter] }),
  judge(asked, records, { by, now: at }) {
    const letter = records.letters.find((one) => one.id === asked.letter);
    if (!letter) return refused('not-found', `There is no letter ${asked.letter}.`);
    const why = whyNot(letter);
    if (why !== null) return refused('conflict', why);
    const { id, state: was, fence, template, to, messageId } = letter;
    if (!isSentAgainFrom(was)) return refused('conflict', `Letter ${id} is ${was}.`);
    return {
      kind: 'done',
      changes: [{ kind: 'letter-sent-again', id, fence, template, to, messageId, was, at, by }],
      letters: [],
    };
  },
};
