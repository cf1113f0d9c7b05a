/** What an answer about senders comes to (§3.r10, §3.r16): the same for one that was verified and one that brought its code (§11.2). */
import { isDecider, mayOpenCases } from '../registry/permissions.ts';
import type { Contact } from '../registry/site.ts';
import type { Done } from './command-run.ts';
import type { Context } from './context.ts';
import type { ConfirmationFacts, SenderFacts, SiteFacts } from './facts.ts';
import { senderSettled } from './letters.ts';
import type { PlannedLetter } from './planned-letter.ts';

export type Said = 'yes' | 'once' | 'no';
type Answer = { readonly question: string; readonly answer: Said };

/** §3.r10: the case's own contact; §3.r16: a decider, as the registry stands now. */
export const mayAnswer = (context: Context, question: SenderFacts, contact: Contact): boolean =>
  isDecider(contact.role, context.policy) ||
  (question.case !== null && question.caseContact === contact.id && mayOpenCases(contact.role) === 'any');

type Given = {
  readonly contact: Contact;
  readonly site: string;
  readonly asked: readonly SenderFacts[];
  readonly answers: ReadonlyMap<SenderFacts, Said>;
};

/** Carried out is what nobody answered before; the letter tells all of it. */
export function settledAnswers(
  context: Context,
  given: Given,
): { readonly answers: Answer[]; readonly reason: string; readonly letters: PlannedLetter[] } {
  const fresh = [...given.answers].flatMap(([question, answer]) =>
    question.answer === null ? [{ question: question.id, answer }] : [],
  );
  const late = given.answers.size - fresh.length;
  const reason =
    fresh.length === 0
      ? 'The answer about a sender came after the first one, which counts.'
      : `The answer decides about ${fresh.length === 1 ? 'a sender' : `${fresh.length} senders`}${late > 0 ? '; others had been decided before' : ''}.`;
  return { answers: fresh, reason, letters: senderSettled(context, given) };
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
