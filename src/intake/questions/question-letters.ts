/** Letters about what a mail answers or names: asked back (§3.r16a), and added to a case by its bare number ("The case number"). */
import { answerTo } from '../../registry/recognise.ts';
import type { Contact } from '../../registry/site.ts';
import type { Context } from '../context.ts';
import type { Asks, CaseFacts, SiteFacts } from '../facts.ts';
import { planned, senderRef } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import type { OpenQuestion } from './asked-question.ts';

/** What the limits count by: one question, however often and by whichever letter it was asked; a missing PIN is first asked for by `pin-needed`. */
function matterOf(question: OpenQuestion): string {
  switch (question.asked) {
    case 'missing-pin':
      return `mail:${question.original.id}`;
    case 'code':
      return `question:code:${question.confirmation.letter}`;
    case 'attest':
      return `question:attest:${question.site.site.number}:${question.asks.period ?? question.asks.contact}`;
    case 'contacts':
      return `question:contacts:${question.letter.id}`;
    case 'senders':
      return `question:senders:${question.open.map((one) => one.id).join(',')}`;
    default:
      return question satisfies never;
  }
}

function asksOf(question: OpenQuestion): Asks {
  switch (question.asked) {
    case 'missing-pin':
      return { kind: 'missing-pin', mail: question.original.id };
    case 'code':
      return { kind: 'code', letter: question.confirmation.letter };
    case 'attest':
      return question.asks;
    case 'contacts':
      return { kind: 'contacts', site: question.site.site.id };
    case 'senders':
      return { kind: 'senders', questions: question.open.map((one) => one.id) };
    default:
      return question satisfies never;
  }
}

type Why = 'none' | 'incomplete' | 'over';

/** §3.r16a: what was missing, and how to say it. An answer to it answers the question. */
export function notUnderstoodLetter(context: Context, question: OpenQuestion, given: { why: Why }): PlannedLetter[] {
  const { contact, site } = question;
  const matter = matterOf(question);
  // Nobody but who wrote it is shown its title.
  const own = question.asked === 'missing-pin' && question.original.writers.some((writer) => writer.id === contact.id);
  const letter = planned(
    context,
    {
      template: 'answer-not-understood',
      values: {
        asked: question.asked,
        why: given.why,
        title: own ? question.original.facts.title : '',
        open:
          question.asked === 'senders'
            ? question.open.map(({ id, address, case: number }) => ({ ref: senderRef(id), address, case: number }))
            : [],
        ...(question.asked === 'attest' && { person: question.open[0]?.email ?? question.contact.email }),
      },
    },
    {
      to: answerTo(contact, context.sender ?? contact.email),
      audience: 'contact',
      language: site.site.language,
      matter,
      case: context.thread?.case.number ?? null,
    },
    asksOf(question),
  );
  return [letter];
}

/** Where a bare number has led the mail, and how to take it off again. */
/** §3.r9: to whom it is switched on for, where no other letter answers the reply. */
export function replyReceived(
  context: Context,
  given: { site: SiteFacts; contact: Contact | null; case: CaseFacts; reopened: boolean },
): PlannedLetter[] {
  const { contact, site, case: on, reopened } = given;
  const { policy, sender, mail } = context;
  if (!policy.replyReceipts || sender === null || mail.facts.onlyThanks) return [];
  return [
    planned(
      context,
      { template: 'reply-received', values: { number: on.number, title: on.title, reopened } },
      {
        to: contact ? answerTo(contact, sender) : sender,
        audience: 'contact',
        language: site.site.language,
        matter: `received:${mail.id}`,
        case: on.number,
      },
    ),
  ];
}

export function addedToCase(
  context: Context,
  given: { site: SiteFacts; contact: Contact | null; case: CaseFacts },
): PlannedLetter[] {
  const { contact, site, case: on } = given;
  if (context.sender === null) return [];
  return [
    planned(
      context,
      { template: 'added-to-case', values: { number: on.number, title: on.title } },
      {
        to: contact ? answerTo(contact, context.sender) : context.sender,
        audience: 'contact',
        language: site.site.language,
        // Each mail is one that may be taken off.
        matter: `added:${context.mail.id}`,
        case: on.number,
      },
      { kind: 'own-case', mail: context.mail.id },
    ),
  ];
}
