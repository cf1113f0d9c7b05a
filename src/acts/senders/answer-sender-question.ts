import { z } from 'zod';
import type { By } from '../../changes/by.ts';
import type { OwnChange } from '../../changes/change.ts';
import { registerContact } from '../../registry/register-contact.ts';
import { type Act, refused } from '../act.ts';
import { mail } from '../mail/held.ts';
import type { AskedAboutSender, SenderQuestionRecord } from './records.ts';

const input = z
  .strictObject({
    question: z
      .string()
      .regex(/^\d{1,18}$/, 'the id of a question has digits only')
      .optional()
      .describe('the id of the question'),
    mail: mail.optional().describe('In its place a held mail that waits for the answer'),
    answer: z
      .enum(['yes', 'once', 'no'])
      .describe('yes puts the sender on record; once lets them write on the case; no refuses their mail'),
  })
  .refine((asked) => (asked.question === undefined) !== (asked.mail === undefined), {
    error: 'name either the question or a mail that waits for it',
  });

const role = 'authorized user';

function changesOf(on: SenderQuestionRecord, answer: AskedAboutSender['answer'], at: string, by: By): OwnChange[] {
  const { id: question, site, siteNumber, address } = on;
  const common = { site, address, at, by };
  const settled = { kind: 'question-settled', question, answer, ...common } as const;
  switch (answer) {
    case 'yes':
      return [
        settled,
        { kind: 'sender-registered', siteNumber, name: { question }, role, ...common },
        { kind: 'mails-put-back', question: null, except: null, ...common },
      ];
    case 'once':
      return [
        settled,
        ...(on.case === null ? [] : [{ kind: 'sender-admitted', case: on.case, address, at, by } as const]),
        { kind: 'mails-put-back', question, except: null, ...common },
      ];
    case 'no': {
      const [rule, who] = by.kind === 'contact' ? ['r5', 'Whoever was asked'] : ['held', 'A person asked'];
      const reason = `${who} about the sender at the customer has said no.`;
      return [settled, { kind: 'mails-refused', rule, reason, question, ...common }];
    }
    default:
      return answer satisfies never;
  }
}

/** POLICY §3.r10, §3.r16: whether a sender belongs to the site, from whom it was asked or for them. The first answer counts. */
export const answerSenderQuestion: Act<AskedAboutSender> = {
  name: 'answer-sender-question',
  input,
  right: 'senders: answer',
  does: 'answers for the customer whether a sender belongs to them',
  gives: {
    changes: ['question-settled', 'sender-registered', 'sender-admitted', 'mails-put-back', 'mails-refused'],
    letters: [],
  },
  byMail: 'the answer to `sender-question`',
  needs: (asked) => ({ senderQuestion: asked }),
  judge({ answer }, { senderQuestion: on }, { by, now: at }) {
    if (!on) return refused('not-found', 'There is no such question about a sender.');
    if (by.kind === 'contact' && !on.mayAnswer.includes(by.contact))
      return refused('no-right', 'Whoever answered may decide about this sender no more.');
    if (on.answer !== null)
      return refused('conflict', `The question about this sender was settled before: ${on.answer}.`);
    if (answer === 'once' && on.case === null)
      return refused('bad-input', 'The sender has written to no case that they could be let in on once.');
    if (answer === 'yes' && on.registry) {
      // The writer asks the same of what stands under the lock.
      const person = { site: on.siteNumber, email: on.address, name: on.name ?? '', role } as const;
      const found = registerContact(on.registry, person);
      if (found.kind === 'refused') return refused('bad-input', found.says);
    }
    const { decisions, more = 0 } = on;
    const changes = changesOf(on, answer, at, by);
    return { kind: 'done', changes, letters: [], ...(decisions && { decisions }), ...(more > 0 && { more }) };
  },
};
