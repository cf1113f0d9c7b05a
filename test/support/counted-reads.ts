/** How many rows of a table a question has looked at, as PostgreSQL counts them: by which way a list is found, and that it stays so. */
import { sql } from 'kysely';
import { silentLog } from '../../src/foundation/log.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';

export async function openCounted(url: string) {
  // One connection: what it has counted is told when it is asked to.
  const database = openDatabase(url, silentLog, 1);
  const count = async (table: string): Promise<{ all: number; scans: number }> => {
    await database.ask((db) => sql`select pg_stat_force_next_flush()`.execute(db));
    const { rows } = await database.ask((db) =>
      sql<{ all: string; scans: string }>`
        select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as all, coalesce(seq_scan, 0) as scans
        from pg_stat_user_tables
        where relname = ${table}`.execute(db),
    );
    return { all: Number(rows[0]?.all), scans: Number(rows[0]?.scans) };
  };
  return {
    database,
    /** With what it answers, and whether the table was read from end to end. */
    async reading<T>(table: string, ask: (database: Database) => Promise<T>) {
      const before = await count(table);
      const answer = await ask(database);
      const after = await count(table);
      return { answer, rows: after.all - before.all, whole: after.scans > before.scans };
    },
  };
}
