/** Looks through all that is stored for people who are erased (POLICY §11.5), some rows at a time. */
import { sql } from 'kysely';
import { erasedAddress } from '../../../upkeep/erasure.ts';
import { writeAudit } from '../../audit.ts';
import { readAnew } from '../../cases/listed/search-rows.ts';
import type { Database, Tx } from '../../database.ts';
import { type Erasure, look, rowsABatch } from './look.ts';
import { type Part, parts } from './parts.ts';
import { anyPattern, replaced, replacements } from './replace.ts';
import { type Seal, sealBytes } from './seal-bytes.ts';

/** In the order in which they were asked for. */
export async function openErasures(database: Database): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`select id::text from erasures where done_at is null order by id`.execute(db),
  );
  return rows.map(({ id }) => id);
}

/** A key of text may be the address itself. */
const rowOf = ({ key, type }: Part) =>
  type === 'text' ? sql`gen_random_uuid()::text` : sql`${sql.ref(`t.${key}`)}::text`;

async function change(tx: Tx, vault: Seal, part: Part, erasure: Erasure, looked: Awaited<ReturnType<typeof look>>) {
  const { rows, columns } = looked;
  const table = sql.table(part.table);
  const type = sql.raw(part.type);
  const at = (keys: readonly string[]) => sql`${sql.ref(`t.${part.key}`)} = any(${[...keys]}::${type}[])`;
  const own = rows.flatMap((row) => (row.own ? [row.key] : []));
  const named = rows.flatMap((row) => (row.own || row.named ? [row.key] : []));
  const near = rows.flatMap((row) => (row.near || row.own || row.named ? [row.key] : []));
  const all = replacements(erasure.id, erasure.who);
  if (part.removed && part.own) {
    const address = sql`${anyPattern(all.filter(({ of }) => of === 'address'))}::text`;
    if (own.length > 0)
      await sql`delete from ${table} t where ${at(own)} and ${part.own(address, address)}`.execute(tx);
    return named.length;
  }
  await sealBytes(tx, vault, part, near);
  if (named.length > 0)
    await sql`
      update ${table} t
      set ${replaced(columns, all, rowOf(part))}
      where ${at(named)}`.execute(tx);
  const first = sql`${erasedAddress(erasure.id, 0)}::text`;
  if (own.length > 0 && part.emptied)
    await sql`update ${table} t set ${part.emptied(first)} where ${at(own)}`.execute(tx);
  if (named.length > 0 && part.casesOf) await readAnew(tx, part.casesOf(sql`${[...named]}::${type}[]`));
  return near.length;
}

export type Step = 'more' | 'done' | 'waits';

/** The next rows. `waits`: somebody else is at it, or a mail or letter of theirs is in hand just now. */
export async function erasureStep(database: Database, vault: Seal, id: string): Promise<Step> {
  return database.transaction(async (tx): Promise<Step> => {
    const { rows } = await sql<Erasure>`
      select id::text, who, part, after_row as "afterRow"
      from erasures
      where id = ${id}::bigint and done_at is null
      for update skip locked`.execute(tx);
    const [erasure] = rows;
    if (!erasure) return 'waits';
    const part = parts[erasure.part];
    if (!part) return finish(tx, id);
    await sql`select set_config('postern.upkeep', 'erasure', true)`.execute(tx);
    const { addresses } = erasure.who;
    if (erasure.afterRow === null && part.busy) {
      const busy = part.busy(sql`any(${[...addresses]}::text[])`);
      const { rows: inHand } = await sql`select from ${sql.table(part.table)} t where ${busy} limit 1`.execute(tx);
      if (inHand.length > 0) return 'waits';
    }
    const all = replacements(erasure.id, erasure.who);
    const address = anyPattern(all.slice(0, addresses.length));
    const token = `erased-${erasure.id}-%`;
    const looked = await look(tx, part, erasure, { any: anyPattern(all), address, token });
    const changed = await change(tx, vault, part, erasure, looked);
    const last = looked.rows.length === rowsABatch ? (looked.rows.at(-1)?.key ?? null) : null;
    await sql`
      update erasures
      set after_row = ${last}, part = part + ${last === null ? 1 : 0}, rows_changed = rows_changed + ${changed}
      where id = ${id}::bigint`.execute(tx);
    return 'more';
  });
}

async function finish(tx: Tx, id: string): Promise<Step> {
  const { rows } = await sql<{ changed: string }>`
    update erasures set done_at = now(), who = null where id = ${id}::bigint
    returning rows_changed::text as changed`.execute(tx);
  await writeAudit(tx, [
    {
      ...{ actor: 'scheduler', action: 'person-emptied', subjectKind: 'erasure', subjectId: id },
      detail: { rows: Number(rows[0]?.changed ?? 0) },
    },
  ]);
  return 'done';
}
