import { z } from 'zod';
import type { Act } from '../act.ts';
import { heldOr, mail } from './held.ts';

const input = z.strictObject({ mail });
type RefuseMail = z.infer<typeof input>;

/** POLICY §3 "Held mail". */
export const refuseMail: Act<RefuseMail> = {
  name: 'refuse-mail',
  input,
  right: 'mail: settle',
  does: 'ends the holding of a mail; its sender is told nothing',
  gives: { changes: ['mail-refused', 'questions-lapsed'], letters: [] },
  needs: (asked) => ({ mails: [asked.mail] }),
  judge(asked, records, { by, now: at }) {
    const held = heldOr(records, asked.mail);
    if ('kind' in held) return held;
    const { on, was } = held;
    const reason = 'A person has refused the mail.';
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
