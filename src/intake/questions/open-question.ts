/**
 * A question of ours that the mail answers, from whom it was asked, and that still waits (POLICY §3.r5, r16a). What was asked for
 * is read by the rules of r5; what is left here is how to ask back.
 */

import { waitsForPin } from '../../acts/mail/give-pin.ts';
import { almostCode } from '../../mail/answers/answer-code.ts';
import { senderAnswers } from '../../mail/answers/sender-answer.ts';
import { meantAsAnswer } from '../../mail/answers/sender-prose.ts';
import { type Context, senderAt, siteOf } from '../context.ts';
import type { LetterFacts, SenderFacts } from '../facts.ts';
import { pinNeededLetter } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';
import { mayAnswer } from './answers-about-senders.ts';
import type { AskedQuestion, OpenQuestion } from './asked-question.ts';
import { isForSender } from './confirmation.ts';
import { notUnderstoodLetter } from './question-letters.ts';

/** Whom a question about senders went to, with what they may still answer of it; null where they were not asked. */
export function askedAboutSenders(
  context: Context,
): (AskedQuestion & { readonly letter: LetterFacts; readonly mine: readonly SenderFacts[] }) | null {
  const letter = context.answered;
  const [first] = letter?.senders ?? [];
  if (letter?.asks?.kind !== 'senders' || !first) return null;
  const site = siteOf(context.facts, first.site);
  const contact = senderAt(context, first.site);
  if (!site || !contact || ![contact.email, ...contact.aliases].includes(letter.to)) return null;
  const mine = (letter.senders ?? []).filter((question) => mayAnswer(context, question, contact));
  return mine.length === 0 ? null : { letter, contact, site, mine };
}

/** Any contact of a site of whoever wrote the mail that is held. */
function aboutPin(context: Context, letter: LetterFacts): OpenQuestion | null {
  const { original } = letter;
  if (!original || !waitsForPin(original)) return null;
  const sites = new Set(original.writers.map((writer) => writer.siteId));
  const contact = context.facts.contacts.find((one) => sites.has(one.siteId));
  const site = contact && siteOf(context.facts, contact.siteId);
  return contact && site ? { asked: 'missing-pin', letter, original, contact, site } : null;
}

function aboutCode(context: Context, letter: LetterFacts): OpenQuestion | null {
  const id = letter.asks?.kind === 'code' ? letter.asks.letter : letter.id;
  const confirmation = context.facts.confirmations?.find((one) => one.letter === id && isForSender(context, one));
  const site = confirmation && siteOf(context.facts, confirmation.asks.act.site);
  const contact = site && senderAt(context, site.site.id);
  return confirmation && site && contact ? { asked: 'code', letter, confirmation, contact, site } : null;
}

/** Whom the list of contacts went to (§9). It waits for nothing: whoever only thanks is asked nothing more. */
export function askedAboutContacts(context: Context): (AskedQuestion & { readonly letter: LetterFacts }) | null {
  const letter = context.answered;
  if (letter?.asks?.kind !== 'contacts') return null;
  const site = siteOf(context.facts, letter.asks.site);
  const contact = site && senderAt(context, site.site.id);
  return site && contact && [contact.email, ...contact.aliases].includes(letter.to) ? { letter, contact, site } : null;
}

export function openQuestion(context: Context): OpenQuestion | null {
  const letter = context.answered;
  if (!letter) return null;
  if (letter.asks?.kind === 'missing-pin') return aboutPin(context, letter);
  if (letter.asks?.kind === 'contacts') {
    const list = context.mail.facts.onlyThanks ? null : askedAboutContacts(context);
    return list && { asked: 'contacts', ...list };
  }
  if (letter.asks?.kind !== 'senders') return aboutCode(context, letter);
  const about = askedAboutSenders(context);
  const open = about?.mine.filter((one) => one.answer === null) ?? [];
  return about && open.length > 0 ? { asked: 'senders', ...about, open } : null;
}

export function askAgain(context: Context, question: OpenQuestion): PlannedLetter[] {
  const { facts } = context.mail;
  switch (question.asked) {
    case 'missing-pin':
      // Of a PIN that is none of theirs they are told the same whatever it is (§3 "Guessing"), and by the same letter.
      return context.named.kind === 'none'
        ? notUnderstoodLetter(context, question, { why: 'none' })
        : pinNeededLetter(context, question.contact);
    case 'code': {
      const { closed, expired } = question.confirmation;
      const why = closed !== null || expired ? 'over' : almostCode(facts) ? 'incomplete' : 'none';
      return notUnderstoodLetter(context, question, { why });
    }
    case 'contacts':
    case 'senders':
      return notUnderstoodLetter(context, question, { why: 'none' });
    default:
      return question satisfies never;
  }
}

/**
 * On a case the text goes on it (§3.r5). What was plainly meant as an answer, and is none, is asked back besides: whoever sent it
 * waits for what it would have done.
 */
export function askedBackOnCase(context: Context): PlannedLetter[] {
  const { facts } = context.mail;
  if (facts.nothingOwn) return [];
  const question = openQuestion(context);
  if (question?.asked === 'code')
    return almostCode(facts) || meantAsAnswer(facts.newText) ? askAgain(context, question) : [];
  if (question?.asked === 'senders')
    return senderAnswers(facts.newText).length > 0 || meantAsAnswer(facts.newText) ? askAgain(context, question) : [];
  return [];
}
