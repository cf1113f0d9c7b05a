import { type SenderLine, senderAnswers } from '../../mail/sender-answer.ts';
import { isDecider, mayOpenCases } from '../../registry/permissions.ts';
import type { Contact } from '../../registry/site.ts';
import { type Context, evidenceOf, senderAt } from '../context.ts';
import type { Rule } from '../decide.ts';
import type { LetterFacts, SenderFacts } from '../facts.ts';
import { senderSettled } from '../letters.ts';

export type Said = 'yes' | 'once' | 'no';

/** What the word means for that question; null where it is none of its answers. */
function meant(question: SenderFacts, word: SenderLine['word']): Said | null {
  switch (word) {
    case 'no':
      return 'no';
    case 'yes':
      return question.case === null ? 'yes' : null;
    case 'contact':
      return question.case === null ? null : 'yes';
    case 'once':
      return question.case === null ? null : 'once';
    default:
      return word satisfies never;
  }
}

/** §3.r10: the case's own contact; §3.r16: a decider, as the registry stands now. */
const mayAnswer = (context: Context, question: SenderFacts, contact: Contact): boolean =>
  isDecider(contact.role, context.policy) ||
  (question.case !== null && question.caseContact === contact.id && mayOpenCases(contact.role) === 'any');

/** One answer a question; two different ones are none. A bare word answers a letter that asks one thing. */
function readAnswers(letter: LetterFacts, senders: readonly SenderFacts[], newText: string): Map<SenderFacts, Said> {
  const said = new Map<SenderFacts, Set<Said | null>>();
  for (const { ref, word } of senderAnswers(newText)) {
    const question =
      ref === null ? (letter.senders?.length === 1 ? senders[0] : undefined) : senders.find((one) => one.id === ref);
    if (!question) continue;
    said.set(question, (said.get(question) ?? new Set()).add(meant(question, word)));
  }
  return new Map(
    [...said].flatMap(([question, words]) => {
      const [only] = words;
      return words.size === 1 && only ? [[question, only] as const] : [];
    }),
  );
}

/**
 * §3.r5 for a sender we asked about, by the rules of §8.7: it counts from the new text of whom the letter was written to, who
 * has to be entitled to answer still, *verified*. The first answer counts; a later one is told what was decided.
 */
export const answerAboutSenders: Rule = (context) => {
  const letter = context.answered;
  if (letter?.asks?.kind !== 'senders' || !letter.senders) return null;
  const [first] = letter.senders;
  const contact = first ? senderAt(context, first.site) : null;
  if (!first || !contact || ![contact.email, ...contact.aliases].includes(letter.to)) return null;
  const mine = letter.senders.filter((question) => mayAnswer(context, question, contact));
  const { facts } = context.mail;
  const answers = facts.nothingOwn ? new Map<SenderFacts, Said>() : readAnswers(letter, mine, facts.newText);
  // What else they write on a case belongs to the case.
  if (mine.length === 0 || (answers.size === 0 && context.thread && senderAnswers(facts.newText).length === 0))
    return null;
  const evidence = evidenceOf(context, { site: first.siteNumber, contact: contact.id, role: contact.role });
  if (answers.size > 0 && facts.grade !== 'verified' && context.policy.desk.senderAuth !== 'off') {
    return {
      outcome: 'held-unauthenticated',
      rule: 'r5',
      reason: `The answer would decide about a sender, and whose it is was not verified: ${facts.gradeReason}.`,
      evidence,
      letters: [],
    };
  }
  const fresh = [...answers].flatMap(([question, answer]) =>
    question.answer === null ? [{ question: question.id, answer }] : [],
  );
  const late = answers.size - fresh.length;
  return {
    outcome: 'answer-settled',
    settles: 'senders',
    letter: letter.id,
    answers: fresh,
    rule: 'r5',
    reason:
      answers.size === 0
        ? 'The reply to our question about a sender holds none of its answers; it was asked for once more.'
        : fresh.length === 0
          ? 'The answer about a sender came after the first one, which counts.'
          : `The answer decides about ${fresh.length === 1 ? 'a sender' : `${fresh.length} senders`}${late > 0 ? '; others had been decided before' : ''}.`,
    evidence,
    letters: senderSettled(context, { contact, site: first.site, asked: mine, answers }),
  };
};
