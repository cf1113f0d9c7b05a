import { sql } from 'kysely';
import type { Database, Db, Tx } from './database.ts';

export type OutboxRow = {
  readonly id: string;
  readonly queue: 'intake' | 'outbound';
  readonly row: string;
  readonly fence: string;
};

/** Adds work in the transaction that caused it; the relay feeds the queues after the commit. */
export async function putIntoOutbox(
  tx: Tx | Db,
  queue: OutboxRow['queue'],
  rows: readonly { row: string; fence: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into outbox (queue, row_id, fence)
    select ${queue}, * from unnest(${rows.map((r) => r.row)}::bigint[], ${rows.map((r) => r.fence)}::bigint[])`.execute(
    tx,
  );
}

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

export async function outboxSize(database: Database): Promise<number> {
  const { rows } = await database.ask((db) => sql<{ n: string }>`select count(*) as n from outbox`.execute(db));
  return Number(rows[0]?.n ?? 0);
}
