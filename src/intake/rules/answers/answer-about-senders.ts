import type { SenderAnswer } from '../../../acts/senders/records.ts';
import { type SenderLine, senderAnswers } from '../../../mail/answers/sender-answer.ts';
import { proseAnswer } from '../../../mail/answers/sender-prose.ts';
import { evidenceOf } from '../../context.ts';
import { noChanges } from '../../decision.ts';
import type { LetterFacts, SenderFacts } from '../../facts.ts';
import { settledAnswers } from '../../questions/answers-about-senders.ts';
import { confirmLetter } from '../../questions/confirm-letter.ts';
import { needsCode } from '../../questions/confirmation.ts';
import type { ConfirmedAct } from '../../questions/confirmed-act.ts';
import { askedAboutSenders } from '../../questions/open-question.ts';
import type { Rule } from '../../rule.ts';

/** What the word means for that question; null where it is none of its answers. */
function meant(question: SenderFacts, word: SenderLine['word']): SenderAnswer | null {
  switch (word) {
    case 'no':
      return 'no';
    // On a case a yes lets in on that case and no further: who is to be on record has to be said (docs/decisions/0014).
    case 'yes':
      return question.case === null ? 'yes' : 'once';
    case 'contact':
      return question.case === null ? null : 'yes';
    case 'once':
      return question.case === null ? null : 'once';
    default:
      return word satisfies never;
  }
}

/** What they say in a sentence answers a letter that asks one thing. */
function inProse(
  letter: LetterFacts,
  senders: readonly SenderFacts[],
  newText: string,
): Map<SenderFacts, SenderAnswer> {
  const [only] = senders;
  const whole = letter.senders?.length === 1 && only ? proseAnswer(newText) : null;
  // Where nothing smaller is offered, to be put on record is what a yes does.
  const word = whole === 'contact' && only?.case === null ? 'yes' : whole;
  const said = only && word ? meant(only, word) : null;
  return new Map(only && said ? [[only, said]] : []);
}

/** One answer a question; two different ones are none. A bare word answers a letter that asks one thing. */
function readAnswers(
  letter: LetterFacts,
  senders: readonly SenderFacts[],
  newText: string,
): Map<SenderFacts, SenderAnswer> {
  const said = new Map<SenderFacts, Set<SenderAnswer | null>>();
  for (const { ref, word } of senderAnswers(newText)) {
    const question =
      ref === null ? (letter.senders?.length === 1 ? senders[0] : undefined) : senders.find((one) => one.id === ref);
    if (!question) continue;
    said.set(question, (said.get(question) ?? new Set()).add(meant(question, word)));
  }
  if (said.size === 0) return inProse(letter, senders, newText);
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
  const about = askedAboutSenders(context);
  const { facts } = context.mail;
  if (!about || facts.nothingOwn) return null;
  const { letter, contact, site, mine } = about;
  const answers = readAnswers(letter, mine, facts.newText);
  // Without an answer it is what it would be without the question (§3.r16a); what they write on a case belongs to the case.
  if (answers.size === 0) return null;
  const evidence = evidenceOf(context, { site: site.site.number, contact: contact.id, role: contact.role });
  if (needsCode(context)) {
    const said = [...answers].map(([question, answer]) => ({ question: question.id, answer }));
    const act: ConfirmedAct = { kind: 'senders', site: site.site.id, answers: said };
    return {
      outcome: 'confirmation-asked',
      rule: 'r5',
      reason: `The answer would decide about a sender, and whose it is was not verified (${facts.gradeReason}); a code went to the address on record.`,
      evidence,
      changes: noChanges,
      letters: [confirmLetter(context, { act, contact, site, case: null })],
    };
  }
  const settled = settledAnswers(context, { contact, site: site.site.id, asked: mine, answers });
  return {
    outcome: 'answer-settled',
    rule: 'r5',
    evidence,
    ...settled,
  };
};
