import { evidenceOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import { contactGuessesNotice } from '../../letters/letters.ts';
import { contactTriesOf, othersNamed } from '../../pins/guessing.ts';
import { askAgain, askedAboutContacts, askedAboutSenders, openQuestion } from '../../questions/open-question.ts';
import type { Rule } from '../../rule.ts';

const missing = {
  'missing-pin': 'holds no PIN of a site of theirs',
  code: 'holds no code',
  contacts: 'corrects no line of the list and does not confirm it',
  senders: 'holds none of the answers about a sender',
} as const;

/** §3.r16a: an answer to a question of ours without what was asked for, that nothing else can be done with. The question waits on. */
export const answerNotUnderstood: Rule = (context) => {
  const question = openQuestion(context);
  if (question) {
    const { site, contact } = question;
    // §3 "Guessing": PINs of others are counted whatever they stand in.
    const tooMany = context.facts.pinLock.contact === true && othersNamed(context) > 0;
    return {
      outcome: 'answer-not-understood',
      rule: 'r16a',
      reason: `The answer to letter ${question.letter.id} ${missing[question.asked]}; it was asked for once more.`,
      evidence: evidenceOf(context, { site: site.site.number, contact: contact.id, role: contact.role }),
      letters: [...askAgain(context, question), ...(tooMany ? contactGuessesNotice(context, contact) : [])],
      changes: tooMany ? noChanges : contactTriesOf(context),
    };
  }
  // All of it is answered: thanks for that ask for nothing.
  const about = context.mail.facts.onlyThanks ? (askedAboutSenders(context) ?? askedAboutContacts(context)) : null;
  if (!about) return null;
  return {
    outcome: 'answer-not-understood',
    rule: 'r16a',
    reason: `The answer to letter ${about.letter.id} only says thanks, and nothing of it waits for an answer.`,
    evidence: evidenceOf(context, {
      site: about.site.site.number,
      contact: about.contact.id,
      role: about.contact.role,
    }),
    changes: noChanges,
    letters: [],
  };
};
