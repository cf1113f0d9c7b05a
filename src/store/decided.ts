import { sql } from 'kysely';
import type { Tx } from './database.ts';

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
  await sql`update letters set state = 'bounced', bounced_at = now(), response = ${returned.diagnostic.slice(0, 500)}, claimed_by = null, claimed_at = null
    where id = ${returned.letter} and state in ('sent', 'unknown', 'queued')`.execute(tx);
  await sql`update contacts set last_hard_bounce = now(), doubtful_since = coalesce(doubtful_since, now()),
      unreachable_since = case when ${returned.unreachable} then coalesce(unreachable_since, now()) else unreachable_since end
    where id in (select contact_id from contact_addresses where address = ${returned.address})`.execute(tx);
}
