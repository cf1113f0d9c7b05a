/** Looks through all that is stored for people who are erased (POLICY §11.5), some rows at a time. */
import { type RawBuilder, sql } from 'kysely';
import { erasedAddress } from '../../../upkeep/erasure.ts';
import { writeAudit } from '../../audit.ts';
import type { Database, Tx } from '../../database.ts';
import { belongsTo } from '../../secrets.ts';
import { type Part, parts } from './parts.ts';
import { anyPattern, replaced, replacements, textColumns, textOf, type Who } from './replace.ts';
import type { Theirs } from './tied.ts';

type Seal = { seal(plain: Uint8Array, belongsTo: string): Buffer };
type Erasure = {
  readonly id: string;
  readonly who: Who;
  readonly part: number;
  readonly afterRow: string | null;
};
type Looked = { readonly key: string; readonly own: boolean; readonly named: boolean; readonly near: boolean };

/** Their text is compared with each pattern: a batch stays well below the time that a statement has. */
const rowsABatch = 200;
/** Of each mail and letter, where its text does not name them: header and text come before what is attached. */
const searchedBytes = 131_072;

/** In the order in which they were asked for. */
export async function openErasures(database: Database): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`select id::text from erasures where done_at is null order by id`.execute(db),
  );
  return rows.map(({ id }) => id);
}

const rawMatch = ({ bytes }: Part, any: string) =>
  bytes
    ? sql`exists (
        select
        from ${sql.table(bytes.table)} b
        where ${sql.ref(`b.${bytes.key}`)} = t.id
          and not b.sealed
          and encode(substring(b.raw from 1 for ${searchedBytes}::int), 'escape') ~* ${any})`
    : sql`false`;

type Patterns = { readonly any: string; readonly address: string; readonly token: string };

/**
 * An address is somebody's wherever it stands. A name is that of many: it counts where the row has to do with them, by an address of
 * theirs, a mail, a case or a site.
 */
function namesThem(part: Part, text: RawBuilder<unknown>, { who }: Erasure, { any, address, token }: Patterns) {
  const theirs: Theirs = {
    address: sql`${address}::text`,
    token: sql`${token}::text`,
    sites: sql`${[...(who.sites ?? [])]}::bigint[]`,
  };
  return sql`
    case
      when ${text} ~* ${address} then true
      when ${text} ~* ${any} then coalesce(${part.tied?.(theirs) ?? sql`false`}, false) or ${rawMatch(part, address)}
      when ${rawMatch(part, any)}
        then coalesce(${part.tied?.(theirs) ?? sql`false`}, false) or ${rawMatch(part, address)}
      else false
    end`;
}

async function look(tx: Tx, part: Part, erasure: Erasure, given: Patterns) {
  const key = sql.ref(`t.${part.key}`);
  const columns = await textColumns(tx, part.table);
  const [address, token] = [sql`${given.address}::text`, sql`${given.token}::text`];
  const type = sql.raw(part.type);
  // The keys first: whatever is asked of a row is asked of so many alone.
  const { rows } = await sql<Looked>`
    with keys as materialized (
      select distinct ${key} as key
      from ${sql.table(part.table)} t
      where (${erasure.afterRow}::${type} is null or ${key} > ${erasure.afterRow}::${type})
        and ${part.only ?? sql`true`}
      order by 1
      limit ${rowsABatch}
    )
    select
      keys.key::text as key,
      coalesce(bool_or(${part.own?.(address, token) ?? sql`false`}), false) as own,
      bool_or(${namesThem(part, textOf(columns), erasure, given)}) as named,
      coalesce(bool_or(${part.near?.(token) ?? sql`false`}), false) as near
    from keys
    join ${sql.table(part.table)} t on ${key} = keys.key
    group by keys.key
    order by keys.key`.execute(tx);
  return { rows, columns };
}

/** One after the other: a mail may be large. */
async function sealBytes(tx: Tx, vault: Seal, { bytes }: Part, keys: readonly string[]): Promise<void> {
  if (!bytes) return;
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
  // The row before its bytes, as retention has it: the other way round the two would wait for each other.
  if (part.bytes && near.length > 0)
    await sql`select from ${table} t where ${at(near)} order by ${sql.ref(`t.${part.key}`)} for update`.execute(tx);
  await sealBytes(tx, vault, part, near);
  if (named.length > 0) await sql`update ${table} t set ${replaced(columns, all, rowOf(part))} where ${at(named)}`.execute(tx);
  const first = sql`${erasedAddress(erasure.id, 0)}::text`;
  if (own.length > 0 && part.emptied)
    await sql`update ${table} t set ${part.emptied(first)} where ${at(own)}`.execute(tx);
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
