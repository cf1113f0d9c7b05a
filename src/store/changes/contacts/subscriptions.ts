/** How it is written who gets which letters that can be ended. */
import { sql } from 'kysely';
import type { SubscriptionSet } from '../../../changes/contacts/subscriptions.ts';
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
      since = now()
    where not ${stays}::boolean`.execute(tx);
}
