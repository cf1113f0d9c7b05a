/** Which tables a piece of work looks through, as PostgreSQL counts it while it runs. */
import { sql } from 'kysely';
import { type Database, databaseWithin, type Tx } from '../../src/store/database.ts';

/** Of each table there are many times more. An index that is read from end to end is no better than the table. */
const few = 2_000;

/** Rows that were read, by table, as far as they are not handed in to the statistics yet. */
async function rowsRead(tx: Tx): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; read: number }>`
    select relname::text as name, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables`.execute(
    tx,
  );
  return new Map(rows.map(({ name, read }) => [name, read]));
}

/** What the work came to, and the tables of which it has read more than a few rows. */
export const wholeTables = <T>(database: Database, work: (within: Database, tx: Tx) => Promise<T>) =>
  database.transaction(async (tx) => {
    const before = await rowsRead(tx);
    const made = await work(databaseWithin(database, tx), tx);
    const after = await rowsRead(tx);
    const whole = [...after].flatMap(([name, read]) => (read - (before.get(name) ?? 0) > few ? [name] : []));
    return { made, whole };
  });
