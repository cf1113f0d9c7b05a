/** Addresses and names of an erased person, replaced wherever a table has text. */
import { type RawBuilder, sql } from 'kysely';
import {
  addressPattern,
  codeColumns,
  erasedAddress,
  erasedName,
  namePattern,
  namesToFind,
  outsideCodes,
} from '../../../upkeep/erasure.ts';
import type { Db, Tx } from '../../database.ts';

export type Who = {
  readonly addresses: readonly string[];
  readonly names: readonly string[];
  /** Of the addresses, those whose plus parts are nobody else's. */
  readonly wide?: readonly string[];
  /** The ids of the sites where they were on record. */
  readonly sites?: readonly string[];
};
export type Replacement = { readonly pattern: string; readonly by: string; readonly of: 'address' | 'name' };

/** In turn: an address may hold the name. */
export function replacements(erasure: string, { addresses, names, wide = [] }: Who): Replacement[] {
  return [
    ...addresses.map(
      (address, at): Replacement => ({
        pattern: addressPattern(address, { wide: wide.includes(address) }),
        by: erasedAddress(erasure, at),
        of: 'address',
      }),
    ),
    ...namesToFind(names).flatMap((name): Replacement[] => {
      const pattern = namePattern(name);
      return pattern === null ? [] : [{ pattern, by: erasedName, of: 'name' }];
    }),
  ];
}

export const anyPattern = (all: readonly { readonly pattern: string }[]): string =>
  `(?:${all.map(({ pattern }) => pattern).join('|')})`;

export type TextColumn = {
  readonly name: string;
  readonly cast: 'text' | 'jsonb' | 'json' | 'text[]';
  /** Part of a unique key: two rows must not become one. */
  readonly unique: boolean;
};

/** As the database has them now, so that a column which is added is not forgotten. */
export async function textColumns(db: Db | Tx, table: string): Promise<TextColumn[]> {
  const { rows } = await sql<TextColumn>`
    select
      a.attname as name,
      case
        when t.typname in ('jsonb', 'json') then t.typname
        when t.typname = '_text' then 'text[]'
        else 'text'
      end as cast,
      exists (
        select from pg_index i where i.indrelid = a.attrelid and i.indisunique and a.attnum = any(i.indkey)
      ) as unique
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

/** With the id of the row in a unique key: `erased-7-1-4711@erased.invalid`. */
const byOf = ({ by }: Replacement, { unique }: TextColumn, row: RawBuilder<unknown>): RawBuilder<unknown> => {
  if (!unique) return sql`${by}::text`;
  const at = by.includes('@') ? by.indexOf('@') : by.length;
  return sql`${by.slice(0, at)}::text || '-' || ${row} || ${by.slice(at)}::text`;
};

/** For `set`. Names are replaced in text only, and addresses everywhere: a code may read like a name. `row`: what tells rows apart. */
export function replaced(
  columns: readonly TextColumn[],
  all: readonly Replacement[],
  row: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const within = (column: TextColumn): RawBuilder<unknown> =>
    all
      .filter(({ of }) => of === 'address' || !codeColumns.has(column.name))
      .reduce(
        (so, one) => {
          const isJson = one.of === 'name' && column.cast.startsWith('json');
          const pattern = isJson ? outsideCodes(one.pattern) : one.pattern;
          return sql`regexp_replace(${so}, ${pattern}::text, ${byOf(one, column, row)}, 'gi')`;
        },
        sql`${columnOf(column)}::text` as RawBuilder<unknown>,
      );
  return sql.join(columns.map((one) => sql`${sql.ref(one.name)} = ${within(one)}::${sql.raw(one.cast)}`));
}
