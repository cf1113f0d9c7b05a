/** How it is written who gets which letters that can be ended. */
import { sql } from 'kysely';
import type { SubscriptionReachable, SubscriptionSet } from '../../../changes/contacts/subscriptions.ts';
import type { Tx } from '../../database.ts';

/** What stays where it goes is no answer of theirs: what they have said meanwhile counts. Whoever has gone needs none. */
export async function writeSubscriptionSet(
  tx: Tx,
  { contact, name, wanted, address, stays }: SubscriptionSet,
): Promise<void> {
  await sql`
    insert into subscriptions as s (contact_id, kind, wanted, address)
    select id, ${name}, ${wanted}, ${address} from contacts where id = ${contact}::bigint
    on conflict (contact_id, kind) do update set
      wanted = excluded.wanted,
      address = excluded.address,
      since = now(),
      unreachable_since = null
    where not ${stays}::boolean`.execute(tx);
}

export async function writeSubscriptionReachable(tx: Tx, { contact, address }: SubscriptionReachable): Promise<void> {
  await sql`
    update subscriptions
    set unreachable_since = null
    where contact_id = ${contact}::bigint and address = ${address}`.execute(tx);
}
