/** Bytes that name an erased person are sealed (POLICY §11.5). */
import { sql } from 'kysely';
import type { Tx } from '../../database.ts';
import { belongsTo } from '../../secrets.ts';
import type { Part } from './parts.ts';

export type Seal = { seal(plain: Uint8Array, belongsTo: string): Buffer };

/** One after the other: a mail may be large. */
export async function sealBytes(tx: Tx, vault: Seal, { bytes, ...part }: Part, keys: readonly string[]): Promise<void> {
  if (!bytes || keys.length === 0) return;
  // The row before its bytes, as retention has it: the other way round the two would wait for each other.
  const row = sql.ref(`t.${part.key}`);
  await sql`
    select
    from ${sql.table(part.table)} t
    where ${row} = any(${[...keys]}::bigint[])
    order by ${row}
    for update`.execute(tx);
  const [table, ref] = [sql.table(bytes.table), sql.ref(bytes.key)];
  for (const key of keys) {
    const { rows } = await sql<{ raw: Buffer | null }>`
      select raw from ${table} where ${ref} = ${key}::bigint and not sealed for update`.execute(tx);
    const raw = rows[0]?.raw;
    if (!raw) continue;
    const sealed = vault.seal(raw, belongsTo(bytes.table, key, 'raw'));
    await sql`update ${table} set raw = ${sealed}, sealed = true where ${ref} = ${key}::bigint`.execute(tx);
  }
}
