/** r5: answers to what our letters ask. */
import { waitsForPin } from '../../acts/mail/give-pin.ts';
import { isNewProblem } from '../cases/new-problem.ts';
import type { Context } from '../context.ts';
import { showsToken } from '../questions/access-decision.ts';
import { askedToAttest } from '../questions/attestation.ts';
import { isForSender } from '../questions/confirmation.ts';
import { askedAboutSenders } from '../questions/open-question.ts';
import { accessDecided } from '../rules/access/decide.ts';
import { accessVerified } from '../rules/access/verify.ts';
import { answerAboutSenders } from '../rules/answers/answer-about-senders.ts';
import { answerAttestation } from '../rules/answers/answer-attestation.ts';
import { answerToQuestion } from '../rules/answers/answer-to-question.ts';
import { satisfactionAnswered, solutionConfirmed } from '../rules/answers/closing-answers.ts';
import { confirmationCode } from '../rules/answers/confirmation-code.ts';
import { ownCase } from '../rules/cases/own-case.ts';
import { firstOf, ownWordsMissing, type RuleInWords, wrongQuestion } from './lacking.ts';

function noPinForHeldMail(context: Context): string {
  const wrong = wrongQuestion(context, 'missing-pin');
  const original = context.answered?.original;
  if (wrong !== null) return wrong;
  if (!original) return 'The mail that was held for its PIN is not kept any more.';
  return firstOf(
    [!waitsForPin(original), `Mail ${original.id}, which was held for its PIN, does not wait for it any more.`],
    [
      isNewProblem(context.mail.facts, original.facts),
      `It reports a new problem, and is no answer about mail ${original.id}.`,
    ],
    [true, `It brings no PIN of a site at which both who wrote mail ${original.id} and who answers may open cases.`],
  );
}

function noCode(context: Context): string {
  const mine = (context.facts.confirmations ?? []).filter((one) => isForSender(context, one));
  return firstOf(
    [mine.length === 0, 'No one-time code of ours waits for its sender.'],
    [!context.ownCode, 'It holds nothing that could be a one-time code.'],
    [true, 'None of the one-time codes that wait is meant by it.'],
  );
}

const notMine = 'It does not come from whom that letter was written to, or they may not answer it any more.';

export const answerRules: readonly RuleInWords[] = [
  {
    rule: answerToQuestion,
    row: 'r5',
    about: 'The answer with the PIN that a held mail was missing',
    lacks: noPinForHeldMail,
  },
  {
    rule: answerAboutSenders,
    row: 'r5',
    about: 'The answer about a sender who is not on record',
    lacks: (context) =>
      wrongQuestion(context, 'senders') ??
      firstOf(
        [askedAboutSenders(context) === null, notMine],
        [context.mail.facts.nothingOwn === true, ownWordsMissing],
        [true, 'It holds none of the answers about a sender, such as yes, once or no.'],
      ),
  },
  {
    rule: accessVerified,
    row: 'r5',
    about: 'The answer that shows whose address asks for access',
    lacks: (context) =>
      wrongQuestion(context, 'verify-access') ??
      firstOf(
        [!context.facts.access?.request, 'The request for access that it is about is not on record any more.'],
        [
          context.sender !== context.facts.access?.request?.address,
          'It does not come from the address that asked for access.',
        ],
        [!showsToken(context), 'It does not carry the token of that letter.'],
      ),
  },
  {
    rule: answerAttestation,
    row: 'r5',
    about: 'The answer about who stays on record',
    lacks: (context) =>
      wrongQuestion(context, 'attest') ??
      firstOf(
        [
          askedToAttest(context) === null,
          'It does not come from somebody of the site who may decide who stays on record.',
        ],
        [context.mail.facts.nothingOwn === true, ownWordsMissing],
        [true, 'It holds no line that says who stays and who goes, or holds other commands.'],
      ),
  },
  { rule: confirmationCode, row: 'r5', about: 'The answer with a one-time code', lacks: noCode },
  {
    rule: accessDecided,
    row: 'r5',
    about: 'The decision about a request for access',
    lacks: (context) =>
      wrongQuestion(context, 'decide-access') ??
      firstOf(
        [context.mail.facts.nothingOwn === true, ownWordsMissing],
        [!context.facts.access?.request, 'The request for access that it is about is not on record any more.'],
        [true, 'It holds no decision that can be read, or does not come from whom that letter was written to.'],
      ),
  },
  {
    rule: solutionConfirmed,
    row: 'r5',
    about: 'The answer that a case is solved',
    lacks: (context) =>
      wrongQuestion(context, 'solved') ??
      firstOf(
        [context.thread?.case.proposed !== true, 'The case waits for no answer whether it is solved.'],
        [context.mail.facts.nothingOwn === true, ownWordsMissing],
        [true, 'It says more than that the case is solved, or does not come from whom that letter was written to.'],
      ),
  },
  {
    rule: satisfactionAnswered,
    row: 'r5',
    about: 'The answer how a case was handled',
    lacks: (context) =>
      wrongQuestion(context, 'satisfaction') ??
      firstOf(
        [context.mail.facts.nothingOwn === true, ownWordsMissing],
        [true, 'It holds no number from 1 to 5, or does not come from whom that letter was written to.'],
      ),
  },
  {
    rule: ownCase,
    row: 'r5',
    about: 'The answer NEW, which takes a mail off a case into one of its own',
    lacks: (context) =>
      wrongQuestion(context, 'own-case') ??
      firstOf(
        [context.mail.facts.nothingOwn === true, ownWordsMissing],
        [true, 'Its first line is not NEW, or the mail is not on that case any more.'],
      ),
  },
];
