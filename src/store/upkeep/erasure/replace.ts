/** Addresses and names of an erased person, replaced wherever a table has text. */
import { type RawBuilder, sql } from 'kysely';
import { addressPattern, erasedAddress, erasedName, namePattern, namesToFind } from '../../../upkeep/erasure.ts';
import type { Db, Tx } from '../../database.ts';

export type Who = { readonly addresses: readonly string[]; readonly names: readonly string[] };

/** In turn: an address may hold the name. */
export function replacements(erasure: string, { addresses, names }: Who): { pattern: string; by: string }[] {
  return [
    ...addresses.map((address, at) => ({ pattern: addressPattern(address), by: erasedAddress(erasure, at) })),
    ...namesToFind(names).flatMap((name) => {
      const pattern = namePattern(name);
      return pattern === null ? [] : [{ pattern, by: erasedName }];
    }),
  ];
}

export const anyPattern = (all: readonly { readonly pattern: string }[]): string =>
  `(?:${all.map(({ pattern }) => pattern).join('|')})`;

export type TextColumn = { readonly name: string; readonly cast: 'text' | 'jsonb' | 'json' | 'text[]' };

/** As the database has them now, so that a column which is added is not forgotten. */
export async function textColumns(db: Db | Tx, table: string): Promise<TextColumn[]> {
  const { rows } = await sql<TextColumn>`
    select
      a.attname as name,
      case
        when t.typname in ('jsonb', 'json') then t.typname
        when t.typname = '_text' then 'text[]'
        else 'text'
      end as cast
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    where a.attrelid = ${table}::regclass
      and a.attnum > 0
      and not a.attisdropped
      and (t.typname in ('text', 'jsonb', 'json', '_text') or t.typbasetype = 'text'::regtype)
    order by a.attnum`.execute(db);
  return rows;
}

const columnOf = ({ name }: TextColumn) => sql.ref(`t.${name}`);

/** All of its text as one. */
export const textOf = (columns: readonly TextColumn[]): RawBuilder<unknown> =>
  sql`concat_ws(' ', ${sql.join(columns.map((one) => sql`${columnOf(one)}::text`))})`;

/** For `set`. */
export function replaced(
  columns: readonly TextColumn[],
  all: readonly { readonly pattern: string; readonly by: string }[],
): RawBuilder<unknown> {
  const within = (column: TextColumn): RawBuilder<unknown> =>
    all.reduce(
      (so, { pattern, by }) => sql`regexp_replace(${so}, ${pattern}::text, ${by}::text, 'gi')`,
      sql`${columnOf(column)}::text` as RawBuilder<unknown>,
    );
  return sql.join(columns.map((one) => sql`${sql.ref(one.name)} = ${within(one)}::${sql.raw(one.cast)}`));
}
