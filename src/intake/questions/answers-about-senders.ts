/** What an answer about senders comes to (§3.r10, §3.r16): the same for one that was verified and one that brought its code (§11.2). */
import type { Change } from '../../changes/change.ts';
import { isDecider, mayOpenCases } from '../../registry/permissions.ts';
import type { Contact } from '../../registry/site.ts';
import type { Done } from '../commands/run-command.ts';
import type { Context } from '../context.ts';
import type { ConfirmationFacts, SenderFacts, SiteFacts } from '../facts.ts';
import { senderSettled } from '../letters/letters.ts';
import type { PlannedLetter } from '../letters/planned-letter.ts';

export type SenderAnswer = 'yes' | 'once' | 'no';
type Answer = { readonly question: string; readonly answer: SenderAnswer };

/** §3.r10: the case's own contact; §3.r16: a decider, as the registry stands now. */
export const mayAnswer = (context: Context, question: SenderFacts, contact: Contact): boolean =>
  isDecider(contact.role, context.policy) ||
  (question.case !== null && question.caseContact === contact.id && mayOpenCases(contact.role) === 'any');

type Given = {
  readonly contact: Contact;
  readonly site: string;
  readonly asked: readonly SenderFacts[];
  readonly answers: ReadonlyMap<SenderFacts, SenderAnswer>;
};

function changesOf(context: Context, contact: Contact, question: SenderFacts, answer: SenderAnswer): Change[] {
  const { id, arrivedAt: at } = context.mail;
  const { site, siteNumber, address } = question;
  const common = { site, address, at, by: { kind: 'contact', contact: contact.id, mail: id } } as const;
  const settled: Change = { kind: 'question-settled', question: question.id, answer, ...common };
  const ofThis = { question: question.id, ...common };
  switch (answer) {
    case 'yes': {
      const name = { question: question.id };
      return [
        settled,
        { kind: 'sender-registered', siteNumber, name, role: 'authorized user', ...common },
        { kind: 'mails-put-back', question: null, except: null, ...common },
      ];
    }
    case 'once': {
      const on = question.case;
      return [
        settled,
        ...(on === null ? [] : [{ kind: 'sender-admitted', case: on, ...common } as const]),
        { kind: 'mails-put-back', except: null, ...ofThis },
      ];
    }
    case 'no': {
      const reason = 'Whoever was asked about the sender at the customer has said no.';
      return [settled, { kind: 'mails-refused', rule: 'r5', reason, ...ofThis }];
    }
    default:
      return answer satisfies never;
  }
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
  const first = [...given.answers].filter(([question]) => question.answer === null);
  const changes = first.flatMap(([question, answer]) => changesOf(context, given.contact, question, answer));
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
