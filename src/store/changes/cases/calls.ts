import { sql } from 'kysely';
import type { CallAdded, CaseEntered } from '../../../changes/cases/calls.ts';
import type { Tx } from '../../database.ts';

/** The row alone: letters about the case are written behind it, and the rest of it behind them. */
export async function insertCase(tx: Tx, { id, case: number, opens }: CaseEntered): Promise<void> {
  await sql`
    insert into cases (
      id, number, site_id, title, severity, kind, status, opened_at, contact_id, contact_address, language,
      product, version, provisional, under_covered, due, timer_at, report)
    overriding system value
    values (
      ${id}::bigint, ${number}, ${opens.site}::bigint, ${opens.title}, ${opens.severity}, ${opens.kind}, 'open',
      ${opens.openedAt}::timestamptz, ${opens.contact}::bigint, ${opens.contactAddress}, ${opens.language},
      ${opens.product}, ${opens.version}, ${opens.provisional}, ${opens.underCovered}, ${opens.due}::timestamptz,
      ${opens.timerAt}::timestamptz, ${JSON.stringify(opens.report)}::jsonb)`.execute(tx);
}

type Said = {
  readonly id: string;
  readonly address: string;
  readonly contact: string | null;
  readonly text: string;
  readonly at: string;
};
async function addSaid(tx: Tx, { id, address, contact, text, at }: Said): Promise<void> {
  await sql`
    insert into case_participants (case_id, address, contact_id, added_at)
    values (${id}::bigint, ${address}, ${contact}::bigint, ${at}::timestamptz)
    on conflict do nothing`.execute(tx);
  await sql`
    insert into case_messages (case_id, direction, author, contact_id, automatic, text, at)
    values (${id}::bigint, 'in', ${address}, ${contact}::bigint, false, ${text}, ${at}::timestamptz)`.execute(tx);
}

export const writeCaseEntered = (tx: Tx, { id, opens, text, at }: CaseEntered): Promise<void> =>
  addSaid(tx, { id, address: opens.contactAddress, contact: opens.contact, text, at });

export const writeCallAdded = (tx: Tx, change: CallAdded): Promise<void> => addSaid(tx, change);
