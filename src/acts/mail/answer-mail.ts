import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Act, refused } from '../act.ts';
import { heldOr, mail, theMail } from './held.ts';

export const answerInput = z.strictObject({
  mail,
  text: z
    .string()
    .min(1)
    .max(20_000)
    .regex(/^[^\u0000]*$/, 'holds a NUL'),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/, 'has to be a language such as de')
    .optional(),
});
type AnswerMail = z.infer<typeof answerInput>;

/** A letter by hand to the sender of a held mail, which stays held, or of one to client care, whose clock it stops. */
export const answerMail: Act<AnswerMail> = {
  name: 'answer-mail',
  input: answerInput,
  right: 'mail: settle',
  does: 'writes to the sender of a held mail, which stays held, or of one to client care',
  gives: { changes: ['mail-answered', 'care-clock-stopped'], letters: ['held-answer'] },
  needs: (asked) => ({ mails: [asked.mail] }),
  judge(asked, records, { by, now: at, desk }) {
    const care = theMail(records, asked.mail);
    // Client care has no case to answer on either.
    const held = care?.outcome === 'care-recorded' ? { on: care } : heldOr(records, asked.mail);
    if ('kind' in held) return held;
    const { on } = held;
    if (on.from === null) return refused('conflict', `Mail ${on.id} names no single plain sender to write to.`);
    if (asked.text.trim() === '') return refused('bad-input', 'the letter has no text');
    return {
      kind: 'done',
      changes: [
        { kind: 'mail-answered', mail: on.id, to: on.from, at, by },
        ...(on.careRuns ? [{ kind: 'care-clock-stopped', mail: on.id, at, by } as const] : []),
      ],
      letters: [
        {
          template: 'held-answer',
          values: { text: asked.text, support: desk.addresses.support },
          to: on.from,
          audience: 'contact',
          language: asked.language ?? on.language ?? desk.languages[0] ?? 'en',
          // The same text twice is one letter, the first.
          matter: createHash('sha256').update(asked.text).digest('hex').slice(0, 16),
          once: `held:${on.id}`,
          mail: on.id,
          case: null,
          answers: { messageId: on.messageId, references: on.references },
          followsOwn: false,
          asks: null,
          fate: { kind: 'send' },
        },
      ],
    };
  },
};
