/** What an answer about senders comes to (§3.r10, §3.r16): the same for one that was verified and one that brought its code (§11.2). */
import { answerSenderQuestion } from '../../acts/senders/answer-sender-question.ts';
import type { SenderAnswer } from '../../acts/senders/records.ts';
import type { Change } from '../../changes/change.ts';
import { isDecider, mayOpenCases } from '../../registry/permissions.ts';
import type { Contact } from '../../registry/site.ts';
import type { Done } from '../commands/done.ts';
import { type Context, givenBy } from '../context.ts';
import type { ConfirmationFacts, SenderFacts, SiteFacts } from '../facts.ts';
import { senderSettled } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';

type Answer = { readonly question: string; readonly answer: SenderAnswer };

/** §3.r10: the case's own contact; §3.r16: a decider, as the registry stands now. */
export const mayAnswer = (context: Context, question: SenderFacts, contact: Contact): boolean =>
  isDecider(contact.role, context.policy, contact.privileges) ||
  (question.case !== null && question.caseContact === contact.id && mayOpenCases(contact.role) === 'any');

type Given = {
  readonly contact: Contact;
  readonly site: string;
  readonly asked: readonly SenderFacts[];
  readonly answers: ReadonlyMap<SenderFacts, SenderAnswer>;
};

/** What `answer-sender-question` comes to; null where it was answered before. */
function judged(
  context: Context,
  { contact }: Given,
  question: SenderFacts,
  answer: SenderAnswer,
): readonly Change[] | null {
  const may = mayAnswer(context, question, contact) ? [contact.id] : [];
  const done = answerSenderQuestion.judge(
    { question: question.id, answer },
    { cases: [], letters: [], senderQuestion: { ...question, mayAnswer: may } },
    givenBy(context, contact.id),
  );
  return done.kind === 'done' ? done.changes : null;
}

/** Carried out is what nobody answered before; the letter tells all of it. */
export function settledAnswers(
  context: Context,
  given: Given,
): {
  readonly reason: string;
  readonly letters: PlannedLetter[];
  readonly changes: readonly Change[];
} {
  const first = [...given.answers].flatMap(([question, answer]) => {
    const done = judged(context, given, question, answer);
    return done ? [done] : [];
  });
  const changes = first.flat();
  const late = given.answers.size - first.length;
  const reason =
    first.length === 0
      ? 'The answer about a sender came after the first one, which counts.'
      : `The answer decides about ${first.length === 1 ? 'a sender' : `${first.length} senders`}${late > 0 ? '; others had been decided before' : ''}.`;
  return { reason, changes, letters: senderSettled(context, given) };
}

/** The act that a code has confirmed: who brought it has to be entitled to answer still. */
export function settleAnswers(
  context: Context,
  said: readonly Answer[],
  by: { readonly contact: Contact; readonly site: SiteFacts; readonly confirmation: ConfirmationFacts },
): Done {
  const mine = (by.confirmation.senders ?? []).filter((question) => mayAnswer(context, question, by.contact));
  const answers = new Map(
    mine.flatMap((question) => {
      const found = said.find((one) => one.question === question.id);
      return found ? [[question, found.answer] as const] : [];
    }),
  );
  if (answers.size === 0)
    return { kind: 'refused', reason: 'Whoever answered may decide about these senders no more.', letters: [] };
  const asked = [...answers.keys()];
  return { kind: 'done', ...settledAnswers(context, { contact: by.contact, site: by.site.site.id, asked, answers }) };
}
