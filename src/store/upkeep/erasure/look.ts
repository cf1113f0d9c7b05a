/** The next rows of a part, and what an erased person has to do with each (POLICY §11.5). */
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../database.ts';
import type { Part } from './parts.ts';
import { textColumns, textOf, type Who } from './replace.ts';
import type { Theirs } from './tied.ts';

export type Erasure = {
  readonly id: string;
  readonly who: Who;
  readonly part: number;
  readonly afterRow: string | null;
};
type Looked = { readonly key: string; readonly own: boolean; readonly named: boolean; readonly near: boolean };

/** Their text is compared with each pattern: a batch stays well below the time that a statement has. */
export const rowsABatch = 200;
/** Of each mail and letter, where its text does not name them: header and text come before what is attached. */
const searchedBytes = 131_072;

const rawMatch = ({ bytes }: Part, any: string) =>
  bytes
    ? sql`exists (
        select
        from ${sql.table(bytes.table)} b
        where ${sql.ref(`b.${bytes.key}`)} = t.id
          and not b.sealed
          and encode(substring(b.raw from 1 for ${searchedBytes}::int), 'escape') ~* ${any})`
    : sql`false`;

export type Patterns = { readonly any: string; readonly address: string; readonly token: string };

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

export async function look(tx: Tx, part: Part, erasure: Erasure, given: Patterns) {
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
