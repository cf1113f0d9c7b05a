import { sql } from 'kysely';
import { Failure } from '../foundation/failure.ts';
import type { Decision } from '../intake/decision.ts';
import type { MailAtHand, Question } from '../intake/facts.ts';
import type { Tx } from './database.ts';
import { fingerprint } from './facts.ts';

/** Ends a mail's claim with its outcome. `claim-lost` where somebody else has it now: then nothing at all is written. */
export async function finishMail(
  tx: Tx,
  given: { mail: MailAtHand; worker: string; decision: Decision; caseId: string | null; messageIdUsedBefore: boolean },
): Promise<void> {
  const { mail, decision } = given;
  const { facts } = mail;
  const from = facts.from.kind === 'one' ? facts.from.address : null;
  const to = [...facts.to, ...facts.cc].map((box) => box.address).slice(0, 50);
  const { rows } = await sql<{ id: string }>`
    update mails set state = 'decided', outcome = ${decision.outcome}, reason = ${decision.reason}, case_id = ${given.caseId}, message_id = ${facts.messageId}, from_address = ${from},
      subject = ${facts.subject}, to_addresses = ${to}, content_hash = ${facts.contentHash}, facts = ${JSON.stringify(facts)}::jsonb, message_id_used_before = ${given.messageIdUsedBefore},
      duplicate_of = ${decision.outcome === 'duplicate' ? decision.of : null}, claimed_by = null, claimed_at = null, last_failure = null
    where id = ${mail.id} and claimed_by = ${given.worker} and state = 'new' returning id`.execute(tx);
  if (rows.length === 0) throw new Failure('claim-lost', `mail ${mail.id} is in other hands`);
}

/** Says who came first with this content; `facts-stale` where another mail was faster. */
export async function noteContent(tx: Tx, question: Question): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into content_first_seen as f (fingerprint, mail_id, arrived_at) values (${fingerprint(question)}, ${question.mail}, ${question.arrivedAt})
    on conflict (fingerprint) do update set mail_id = excluded.mail_id, arrived_at = excluded.arrived_at
      where f.mail_id = excluded.mail_id or f.arrived_at not between excluded.arrived_at - interval '7 days' and excluded.arrived_at + interval '7 days'
    returning mail_id as id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', 'the same mail was decided at the same time');
}

export async function addDecision(
  tx: Tx,
  given: {
    mail: string;
    at: string;
    decision: Decision;
    outcome?: string;
    caseId: string | null;
    letters: readonly { id: string; template: string; to: string; state: string; why: string | null }[];
  },
): Promise<void> {
  const { decision } = given;
  await sql`insert into decisions (mail_id, at, outcome, rule, reason, evidence, case_id, letters)
    values (${given.mail}, ${given.at}, ${given.outcome ?? decision.outcome}, ${decision.rule}, ${decision.reason}, ${JSON.stringify(decision.evidence)}::jsonb, ${given.caseId},
      ${JSON.stringify(given.letters)}::jsonb)`.execute(tx);
}

/** The held mail becomes what the answer made of it; `facts-stale` where another answer was faster. */
export async function settleOriginal(
  tx: Tx,
  given: { original: string; by: string; outcome: string; reason: string; caseId: string | null; letter: string },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update mails set outcome = ${given.outcome}, reason = ${given.reason}, case_id = ${given.caseId}, settled_by = ${given.by}
    where id = ${given.original} and outcome = 'held-pin-needed' and case_id is null returning id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `mail ${given.original} was settled by another answer`);
  await sql`update letters set settled_at = now() where id = ${given.letter}`.execute(tx);
}

/** §3.r2: the letter, and the contact it went to. Soft and delayed are only recorded. */
export async function markReturned(
  tx: Tx,
  returned: {
    letter: string;
    address: string;
    kind: string;
    diagnostic: string;
    contact: string | null;
    unreachable: boolean;
  },
): Promise<void> {
  if (returned.kind !== 'hard') return;
  await sql`update letters set state = 'bounced', response = ${returned.diagnostic.slice(0, 500)}, claimed_by = null, claimed_at = null
    where id = ${returned.letter} and state in ('sent', 'unknown', 'queued')`.execute(tx);
  await sql`update contacts set last_hard_bounce = now(), doubtful_since = coalesce(doubtful_since, now()),
      unreachable_since = case when ${returned.unreachable} then coalesce(unreachable_since, now()) else unreachable_since end
    where id in (select contact_id from contact_addresses where address = ${returned.address})`.execute(tx);
}
