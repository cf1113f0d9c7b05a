import { sql } from 'kysely';
import type { Database } from './database.ts';

type OutboxRow = {
  readonly id: string;
  readonly queue: 'intake' | 'outbound';
  readonly row: string;
  readonly fence: string;
};

/**
 * Hands the oldest rows to `send` and forgets them when it has taken them; a failure of `send` leaves them. Rows that
 * another relay holds are passed over. Returns how many were sent.
 */
export async function drainOutbox(
  database: Database,
  limit: number,
  send: (rows: readonly OutboxRow[]) => Promise<void>,
): Promise<number> {
  return database.transaction(async (tx) => {
    const { rows } = await sql<OutboxRow>`
      delete from outbox where id in (select id from outbox order by id limit ${limit} for update skip locked)
      returning id, queue, row_id as row, fence`.execute(tx);
    if (rows.length > 0) await send(rows);
    return rows.length;
  });
}
