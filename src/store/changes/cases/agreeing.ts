/** How a proposed severity and an escalation are written: they stand on the case until they are over. Timers look at them at once. */
import { sql } from 'kysely';
import type { CaseEscalated, ProposalEnded, SeverityProposed } from '../../../changes/cases/agreeing.ts';
import type { ParticipantLeft, ParticipantNamed } from '../../../changes/message.ts';
import type { Tx } from '../../database.ts';

export async function writeSeverityProposed(tx: Tx, { id, proposal }: SeverityProposed): Promise<void> {
  await sql`
    update cases set proposal = ${JSON.stringify(proposal)}::jsonb, timer_at = now()
    where id = ${id}::bigint`.execute(tx);
}

export async function writeParticipantNamed(tx: Tx, { id, address, contact, at }: ParticipantNamed): Promise<void> {
  await sql`
    insert into case_participants (case_id, address, contact_id, added_at)
    values (${id}::bigint, ${address}, ${contact}::bigint, ${at}::timestamptz)
    on conflict do nothing`.execute(tx);
  await sql`delete from case_leavers where case_id = ${id}::bigint and address = ${address}`.execute(tx);
}

export async function writeParticipantLeft(tx: Tx, { id, address, at }: ParticipantLeft): Promise<void> {
  await sql`delete from case_participants where case_id = ${id}::bigint and address = ${address}`.execute(tx);
  await sql`
    insert into case_leavers (case_id, address, left_at)
    values (${id}::bigint, ${address}, ${at}::timestamptz)
    on conflict do nothing`.execute(tx);
}

export async function writeProposalEnded(tx: Tx, { id }: ProposalEnded): Promise<void> {
  await sql`update cases set proposal = null where id = ${id}::bigint`.execute(tx);
}

export async function writeCaseEscalated(tx: Tx, { id, escalation }: CaseEscalated): Promise<void> {
  await sql`
    update cases set escalation = ${JSON.stringify(escalation)}::jsonb, timer_at = now()
    where id = ${id}::bigint`.execute(tx);
}
