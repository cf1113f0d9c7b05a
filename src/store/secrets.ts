/** Where sealed secrets are kept. Whoever seals something new adds its column here, so that it is sealed anew when the keys change. */
import { sql } from 'kysely';
import { isFailure } from '../foundation/failure.ts';
import type { Database } from './database.ts';

/** Sealed for `table/<key>/column`. `where` picks the rows whose column is sealed, where not all are. */
type SealedColumn = { readonly table: string; readonly key: string; readonly column: string; readonly where?: string };

const sealedColumns: readonly SealedColumn[] = [
  { table: 'mailbox_grants', key: 'mailbox', column: 'refresh_token' },
  { table: 'mailbox_grants', key: 'mailbox', column: 'access_token' },
  { table: 'webhook_secrets', key: 'id', column: 'secret' },
  { table: 'letters', key: 'id', column: 'raw', where: 'sealed' },
  { table: 'mail_bytes', key: 'mail_id', column: 'raw', where: 'sealed' },
];

/** What the secret of one row belongs to, for the vault. */
export const belongsTo = (table: string, key: string, column: string): string => `${table}/${key}/${column}`;

type Resealed = {
  readonly written: number;
  /** A line for each that does not open; it stays as it is. */
  readonly unopened: readonly string[];
};

/**
 * Hands every secret to the vault that is not sealed under its first key, and writes what it gives back, row by row. A row
 * that was changed meanwhile is left to whoever changed it.
 */
export async function resealAll(
  database: Database,
  vault: { head(): Buffer; reseal(sealed: Buffer, belongsTo: string): Buffer | null },
  columns: readonly SealedColumn[] = sealedColumns,
): Promise<Resealed> {
  const head = vault.head();
  let written = 0;
  const unopened: string[] = [];
  for (const { table, key, column, where } of columns) {
    const from = sql.table(table);
    const [keyRef, columnRef] = [sql.ref(key), sql.ref(column)];
    const { rows: keys } = await database.ask((db) =>
      sql<{
        key: string;
      }>`
        select ${keyRef}::text as key
        from ${from}
        where substring(${columnRef} from 1 for ${head.length}::int) <> ${head}
          and ${sql.raw(where ?? 'true')}`.execute(db),
    );
    for (const row of keys) {
      const { rows } = await database.ask((db) =>
        sql<{
          sealed: Buffer | null;
        }>`select ${columnRef} as sealed from ${from} where ${keyRef}::text = ${row.key}`.execute(db),
      );
      const sealed = rows[0]?.sealed;
      if (!sealed) continue;
      let fresh: Buffer | null;
      try {
        fresh = vault.reseal(sealed, belongsTo(table, row.key, column));
      } catch (error) {
        if (!isFailure(error)) throw error;
        unopened.push(error.message);
        continue;
      }
      if (!fresh) continue;
      const done = await database.ask((db) =>
        sql`
          update ${from} set ${columnRef} = ${fresh}
          where ${keyRef}::text = ${row.key} and ${columnRef} = ${sealed}`.execute(db),
      );
      written += Number(done.numAffectedRows ?? 0);
    }
  }
  return { written, unopened };
}
