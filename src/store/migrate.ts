import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { Failure } from '../foundation/failure.ts';
import { outsideFault, sayFault, triedUrl } from '../foundation/faults/outside-fault.ts';
import { migrations } from './migrations/index.ts';

/**
 * Brings a database up to date; several processes may do so at once, one works and the others wait.
 * Returns the names of the migrations run. A database newer than this code is refused rather than used.
 */
export async function migrate(url: string): Promise<string[]> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 }),
    }),
  });
  try {
    const { rows } = await sql<{
      major: number;
    }>`select current_setting('server_version_num')::int / 10000 as major`
      .execute(db)
      .catch((error: unknown) => {
        // The first question that this server is asked: whatever is wrong with link or sign-in shows here.
        const says = sayFault(outsideFault(error, triedUrl('postgres', 'DATABASE_URL', url)));
        throw new Failure('database-away', says, { cause: error });
      });
    if ((rows[0]?.major ?? 0) < 14) {
      throw new Failure(
        'settings-unusable',
        `DATABASE_URL: PostgreSQL ${rows[0]?.major} is too old, Postern needs 14 or newer`,
      );
    }
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}
