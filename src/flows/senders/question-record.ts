/** A question about a sender as staff answer it, with what the mails that wait for it would be decided. */
import type { AskedAboutSender, SenderNeeds, SenderQuestionRecord, SenderRecords } from '../../acts/senders/records.ts';
import type { Facts } from '../../intake/facts.ts';
import { readRegistryWhole } from '../../store/registry/registry.ts';
import { senderQuestion } from '../../store/senders/sender-questions.ts';
import type { IntakeDeps } from '../intake/process-intake.ts';
import { asContact, othersOf } from '../mail/release-record.ts';

/** As if the sender took part in that case already. */
const asParticipant =
  (on: string, address: string) =>
  (facts: Facts): Facts => ({
    ...facts,
    cases: facts.cases.map((one) =>
      one.number === on ? { ...one, participants: [...one.participants, address] } : one,
    ),
  });

async function questionRecord(deps: IntakeDeps, asked: AskedAboutSender): Promise<SenderQuestionRecord | null> {
  const found = await deps.database.ask((db) => senderQuestion(db, asked));
  if (!found || found.answer !== null || asked.answer === 'no') return found;
  const { site, address, siteNumber, name } = found;
  if (asked.answer === 'yes') {
    const person = asContact({ siteId: site, name, email: address, role: 'authorized user' });
    const { others: decisions, more } = await othersOf(deps, { site, address }, person);
    return { ...found, registry: await readRegistryWhole(deps.database, [siteNumber]), decisions, more };
  }
  if (found.case === null) return found;
  const of = { site, address, question: found.id };
  const { others: decisions, more } = await othersOf(deps, of, asParticipant(found.case, address));
  return { ...found, decisions, more };
}

export const senderRecords = async (intake: () => IntakeDeps, needs: SenderNeeds): Promise<SenderRecords> =>
  needs.senderQuestion ? { senderQuestion: await questionRecord(intake(), needs.senderQuestion) } : {};
