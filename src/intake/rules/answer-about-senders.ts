import { type SenderLine, senderAnswers } from '../../mail/sender-answer.ts';
import { mayAnswer, type Said, settledAnswers } from '../answers-about-senders.ts';
import { confirmLetter } from '../confirm-letter.ts';
import { type ConfirmedAct, needsCode } from '../confirmation.ts';
import { evidenceOf, senderAt, siteOf } from '../context.ts';
import type { Rule } from '../decide.ts';
import type { LetterFacts, SenderFacts } from '../facts.ts';

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
  const site = siteOf(context.facts, first.site);
  if (answers.size > 0 && site && needsCode(context)) {
    const said = [...answers].map(([question, answer]) => ({ question: question.id, answer }));
    const act: ConfirmedAct = { kind: 'senders', site: first.site, answers: said };
    return {
      outcome: 'confirmation-asked',
      command: null,
      case: null,
      adds: null,
      reopens: false,
      act,
      rule: 'r5',
      reason: `The answer would decide about a sender, and whose it is was not verified (${facts.gradeReason}); a code went to the address on record.`,
      evidence,
      letters: [confirmLetter(context, { act, contact, site, case: null })],
    };
  }
  const settled = settledAnswers(context, { contact, site: first.site, asked: mine, answers });
  return {
    outcome: 'answer-settled',
    settles: 'senders',
    letter: letter.id,
    rule: 'r5',
    evidence,
    ...settled,
  };
};
