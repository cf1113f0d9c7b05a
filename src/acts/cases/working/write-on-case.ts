import { z } from 'zod';
import { cleanFileName } from '../../../foundation/clean-text.ts';
import { type Act, type Given, type Refusal, refused, refusedWork } from '../../act.ts';
import { asStaff } from '../../as-staff.ts';
import { toPeople } from '../case-letters.ts';
import { metBy } from '../clock/clock-of.ts';
import { caseField, standing, textField, theCase, theOpenCase, workedOf } from '../on-case.ts';
import type { CaseMessage, WorkedCase } from '../records.ts';
import { nameOf } from './take-case.ts';

const attachment = z.strictObject({
  name: z.string().min(1).max(200),
  /** Without its parameters. */
  type: z.string().max(100).default('application/octet-stream'),
  content: z.base64(),
});
export const longestText = 100_000;
const input = z.strictObject({
  case: caseField,
  text: textField(longestText),
  note: z.boolean().default(false).describe('for our people alone: nothing goes out'),
  attachments: z
    .array(attachment)
    .max(20)
    .default([])
    .describe('name, type and content in base64; they go to the customer'),
  seen: z
    .string()
    .regex(/^\d{1,18}$/, 'the id of a message has digits only')
    .optional()
    .describe('the newest message that its writer has seen: where somebody has written since, nothing goes out'),
});

/** A type that could be read as part of the letter itself is none (RFC 2046 §5). */
export const safeType = (type: string): string =>
  /^(?:application|audio|font|image|text|video)\/[a-z0-9.+-]{1,80}$/i.test(type)
    ? type.toLowerCase()
    : 'application/octet-stream';

/** What others have written since the message that was seen last. */
const newerThan = (seen: string, { messages }: WorkedCase, writer: string): CaseMessage | undefined =>
  messages.findLast(({ id, automatic, author }) => !automatic && author !== writer && BigInt(id) > BigInt(seen));

function saidMeanwhile({ direction, author }: CaseMessage, number: string, { desk }: Pick<Given, 'desk'>): Refusal {
  const name = nameOf(desk, author);
  if (direction === 'out')
    return refused(
      'conflict',
      `${name} was faster, and has written to the customer on case ${number}. Nothing goes out.`,
    );
  const what = direction === 'note' ? 'put a note on it' : 'written on it';
  return refused('conflict', `${name} has ${what} meanwhile: read that on case ${number} first. Nothing goes out.`);
}

const megabyte = 2 ** 20;

/** Why so much does not go out; null: it does. */
export function tooLarge(
  enclosed: readonly { readonly size: number }[],
  { attachmentsMegabytes: most }: Given['policy'],
): Refusal | null {
  const all = enclosed.reduce((sum, { size }) => sum + size, 0);
  return all > most * megabyte
    ? refusedWork({ why: 'too-large', what: most }, 'bad-input', `What is enclosed is larger than ${most} MB.`)
    : null;
}

/** POLICY §5: to whoever asked and those who take part, by the name of its writer; §5.3: a note is never sent. */
export const writeOnCase: Act<z.infer<typeof input>> = {
  name: 'write-on-case',
  input,
  right: 'cases: work',
  forStaff: true,
  does: 'writes to the customer on a case, or a note for our people',
  gives: { changes: ['message-written', 'clock-met', 'owner-set'], letters: ['case-message'] },
  byMail: 'an answer to a notification; `NOTE`',
  needs: workedOf,
  judge: ({ case: number, text, note, attachments, seen }, records, given) =>
    asStaff(given, 'cases: work', (who) => {
      const on = note ? theCase(records, number) : theOpenCase(records, number);
      if ('says' in on) return on;
      const newer = seen === undefined || note ? undefined : newerThan(seen, on, who.email);
      if (newer) return saidMeanwhile(newer, number, given);
      const enclosed = attachments.map(({ name, type, content }) => ({
        filename: cleanFileName(name),
        type: safeType(type),
        bytes: Buffer.from(content, 'base64'),
      }));
      const large = tooLarge(
        enclosed.map(({ bytes }) => ({ size: bytes.length })),
        given.policy,
      );
      if (large) return large;
      if (note && enclosed.length > 0) return refused('bad-input', 'A note has text alone.');
      const of = standing(on, given);
      const written = {
        kind: 'message-written',
        ...of,
        direction: note ? 'note' : 'out',
        author: who.email,
        text,
        attachments: enclosed.map(({ filename: name, type, bytes }) => ({ name, type, size: bytes.length })),
      } as const;
      if (note) return { kind: 'done', changes: [written], letters: [] };
      const values = { number: on.number, title: on.title, text, name: who.name };
      // Whoever answers first has it, as if by TAKE.
      const taken = { kind: 'owner-set', ...of, from: null, to: who.email, how: 'taken' } as const;
      return {
        kind: 'done',
        changes: [written, ...metBy(on, given), ...(on.owner === null ? [taken] : [])],
        letters: toPeople(on, { template: 'case-message', values }).map((letter) => ({
          ...letter,
          ...(enclosed.length > 0 && { attachments: enclosed }),
        })),
      };
    }),
};
