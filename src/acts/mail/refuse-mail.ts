import { z } from 'zod';
import type { Act } from '../act.ts';
import { heldOr, mail } from './held.ts';

export const refuseInput = z.strictObject({
  mail,
  reason: z
    .string()
    .max(300)
    .regex(/^[^\u0000\r\n]*$/, 'has to be one line')
    .optional()
    .describe('Why, for whoever looks later; its sender is told nothing'),
});
type RefuseMail = z.infer<typeof refuseInput>;

/** POLICY §3 "Held mail". */
export const refuseMail: Act<RefuseMail> = {
  name: 'refuse-mail',
  input: refuseInput,
  right: 'mail: settle',
  does: 'ends the holding of a mail; its sender is told nothing',
  gives: { changes: ['mail-refused', 'questions-lapsed'], letters: [] },
  needs: (asked) => ({ mails: [asked.mail] }),
  judge(asked, records, { by, now: at }) {
    const held = heldOr(records, asked.mail);
    if ('kind' in held) return held;
    const { on, was } = held;
    const why = asked.reason?.trim() ?? '';
    const reason = why === '' ? 'A person has refused the mail.' : `A person has refused the mail: ${why}`;
    return {
      kind: 'done',
      changes: [
        { kind: 'mail-refused', mail: on.id, was, reason, at, by },
        { kind: 'questions-lapsed', at, by },
      ],
      letters: [],
    };
  },
};
