/** What failed is tried again now: one, or all that failed alike. Only what can be tried is taken. */
import { z } from 'zod';
import { type Act, type Judged, refused } from '../act.ts';

const id = z.string().regex(/^\d{1,18}$/, 'an id has digits only');
const cause = z.string().min(1).max(200).describe('all that failed with this, as it is shown').optional();

const mailsInput = z.strictObject({ cause, mail: id.describe('the id of one mail').optional() });
const lettersInput = z.strictObject({ cause, letter: id.describe('the id of one letter').optional() });

const oneOfBoth = refused('bad-input', 'Say a cause, or one id.');
const nothing = (what: string, of: string): Judged =>
  refused('conflict', `No ${what} of this ${of} waits for another try any more.`);

export const retryMails: Act<z.infer<typeof mailsInput>> = {
  name: 'retry-mails',
  input: mailsInput,
  right: 'mail: settle',
  does: 'tries mails again that could not be decided: those that wait for another try, and those that were given up',
  gives: { changes: ['mails-retried'], letters: [] },
  needs: (asked) => ({ failedMails: { cause: asked.cause, id: asked.mail } }),
  judge(asked, { failedMails }, { by, now: at }) {
    if ((asked.cause === undefined) === (asked.mail === undefined)) return oneOfBoth;
    const { found = [], more = 0, paused = false } = failedMails ?? {};
    if (paused)
      return refused('conflict', 'The queue intake is paused: resume it first, and they are tried by themselves.');
    if (found.length === 0) return nothing('mail', asked.mail === undefined ? 'cause' : 'id');
    const mails = found.map(({ id: mail, fence }) => ({ mail, fence }));
    const givenUp = found.filter((one) => one.givenUp).length;
    return { kind: 'done', changes: [{ kind: 'mails-retried', mails, givenUp, more, at, by }], letters: [] };
  },
};

export const retryLetters: Act<z.infer<typeof lettersInput>> = {
  name: 'retry-letters',
  input: lettersInput,
  right: 'letters: settle',
  does: 'tries letters again that have not left and wait for another try',
  gives: { changes: ['letters-retried'], letters: [] },
  needs: (asked) => ({ failedLetters: { cause: asked.cause, id: asked.letter } }),
  judge(asked, { failedLetters }, { by, now: at }) {
    if ((asked.cause === undefined) === (asked.letter === undefined)) return oneOfBoth;
    const { found = [], more = 0, stopped = false, restsUntil = null, paused = false } = failedLetters ?? {};
    if (stopped) return refused('conflict', 'Letters are paused: resume them first, and these go with the others.');
    if (paused)
      return refused('conflict', 'The queue outbound is paused: resume it first, and they are tried by themselves.');
    if (restsUntil !== null)
      return refused(
        'conflict',
        `The mail server for letters does not serve us; it is asked again at ${restsUntil}, and these go then.`,
      );
    if (found.length === 0) return nothing('letter', asked.letter === undefined ? 'cause' : 'id');
    const letters = found.map(({ id: letter, fence }) => ({ letter, fence }));
    return { kind: 'done', changes: [{ kind: 'letters-retried', letters, more, at, by }], letters: [] };
  },
};
