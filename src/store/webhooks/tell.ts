import { sql } from 'kysely';
import type { ToldEvent } from '../../changes/webhooks/told.ts';
import type { Tx } from '../database.ts';
import { functionName } from '../functions.ts';

const tell = functionName('tell_webhooks');

/** In the transaction of what it tells of (RELIABILITY I8); without endpoints nothing is written. */
export async function tellWebhooks(tx: Tx, told: readonly ToldEvent[]): Promise<void> {
  if (told.length > 0) await sql`select ${tell}(${JSON.stringify(told)}::jsonb)`.execute(tx);
}
