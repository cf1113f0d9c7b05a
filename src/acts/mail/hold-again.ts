import { z } from 'zod';
import { canBe, type Outcome } from '../../changes/outcome.ts';
import { type Act, refused } from '../act.ts';
import { mail, theMail } from './held.ts';

const input = z.strictObject({ mail });
type HoldAgain = z.infer<typeof input>;

/** The way back from a refusal, by hand or at the end of its time: a refused mail is never gone. */
export const holdAgain: Act<HoldAgain> = {
  name: 'hold-again',
  input,
  right: 'mail: settle',
  does: 'takes the refusal of a mail back: it waits for a person as before',
  gives: { changes: ['mail-held-again'], letters: [] },
  needs: (asked) => ({ mails: [asked.mail] }),
  judge(asked, records, { by, now: at }) {
    const on = theMail(records, asked.mail);
    if (!on) return refused('not-found', `there is no mail ${asked.mail}`);
    const { id, outcome, heldAs, fence } = on;
    if (canBe(outcome).includes('refuse')) return { kind: 'done', changes: [], letters: [] };
    if (heldAs === null) return refused('conflict', `Mail ${id} is not refused, so there is no refusal to take back.`);
    if (!on.kept) return refused('conflict', `The bytes of mail ${id} are not kept any more.`);
    return {
      kind: 'done',
      changes: [{ kind: 'mail-held-again', mail: id, fence, outcome: heldAs satisfies Outcome, at, by }],
      letters: [],
    };
  },
};
