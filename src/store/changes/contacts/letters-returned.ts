/** How it is written that letters came back. */
import { sql } from 'kysely';
import type {
  ContactDoubtful,
  ContactUnreachable,
  LetterReturned,
  SubscriptionUnreachable,
} from '../../../changes/contacts/letters-returned.ts';
import type { Tx } from '../../database.ts';

export async function writeLetterReturned(tx: Tx, change: LetterReturned): Promise<void> {
  if (change.how !== 'hard') return;
  await sql`
    update letters set state = 'bounced', bounced_at = now(), response = ${change.diagnostic.slice(0, 500)},
      claimed_by = null, claimed_at = null
    where id = ${change.letter} and state in ('sent', 'unknown', 'queued')`.execute(tx);
}

export async function writeContactHardToReach(tx: Tx, change: ContactDoubtful | ContactUnreachable): Promise<void> {
  const unreachable = change.kind === 'contact-unreachable';
  await sql`
    update contacts set last_hard_bounce = now(), doubtful_since = coalesce(doubtful_since, now()),
      unreachable_since = case when ${unreachable}::boolean then coalesce(unreachable_since, now())
        else unreachable_since end
    where id in (select contact_id from contact_addresses where address = ${change.address})`.execute(tx);
}

export async function writeSubscriptionUnreachable(tx: Tx, { address }: SubscriptionUnreachable): Promise<void> {
  await sql`
    update subscriptions
    set unreachable_since = coalesce(unreachable_since, now())
    where address = ${address}`.execute(tx);
}
