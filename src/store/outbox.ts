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

/** With the mail that each follows from; null where that is none. */
export async function withMails(
  database: Database,
  rows: readonly OutboxRow[],
): Promise<(OutboxRow & { readonly mail: string | null })[]> {
  const letters = rows.filter(({ queue }) => queue === 'outbound').map(({ row }) => row);
  const { rows: found } =
    letters.length === 0
      ? { rows: [] }
      : await database.ask((db) =>
          sql<{ letter: string; mail: string | null }>`
            select id::text as letter, caused_by::text as mail
            from letters
            where id = any(${letters}::bigint[])`.execute(db),
        );
  const causes = new Map(found.map(({ letter, mail }) => [letter, mail]));
  return rows.map((one) => ({ ...one, mail: one.queue === 'intake' ? one.row : (causes.get(one.row) ?? null) }));
}
