/**
 * A page of a list whose filter no index answers alone. Rows are looked at from the newest on, and no more than `mostLooked` for one page:
 * where that is not enough the page says how far it has looked, and the next goes on from there. So a page costs the same whatever is asked.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';
import { time, whole } from './reports.ts';

export type LookedPage<Item> = {
  readonly items: Item[];
  /** Before which the next page begins; null: there is no more. */
  readonly next: string | null;
  /** Time of the last row that was looked at, where the page ended before it was full; null: all was looked at, or it is full. */
  readonly lookedTo: string | null;
};

type Asked = {
  readonly table: 'audit' | 'letters';
  /** What the conditions call a row of it. */
  readonly alias: string;
  readonly time: string;
  /** Answered by an index, in its order. */
  readonly indexed: readonly RawBuilder<unknown>[];
  /** Looked at row by row. */
  readonly others: readonly RawBuilder<unknown>[];
  readonly order: RawBuilder<unknown>;
  readonly columns: RawBuilder<unknown>;
  readonly limit: number;
  readonly mostLooked: number;
};

/** Within the limit the rows come in their order, so that the outer limit ends the look as soon as the page is full. */
export async function lookThrough<Item extends { readonly id: string }>(
  db: Db,
  asked: Asked,
): Promise<LookedPage<Item>> {
  const { indexed, others, order, limit, mostLooked } = asked;
  const alias = sql.ref(asked.alias);
  const looked = sql`${sql.table(asked.table)} ${alias} where ${whole(indexed)} order by ${order}`;
  const { rows } = await sql<Item>`
    select ${asked.columns}
    from (select * from ${looked} limit ${mostLooked}) ${alias}
    where ${whole(others)}
    order by ${order}
    limit ${limit + 1}`.execute(db);
  const items = rows.slice(0, limit);
  if (rows.length > limit) return { items, next: items.at(-1)?.id ?? null, lookedTo: null };
  if (others.length === 0) return { items, next: null, lookedTo: null };
  const { rows: ends } = await sql<{ id: string; at: string }>`
    select ${sql.ref(`${asked.alias}.id`)}::text as id, ${time(`${asked.alias}.${asked.time}`)} as at
    from ${looked}
    offset ${mostLooked - 1}
    limit 1`.execute(db);
  const [end] = ends;
  return { items, next: end?.id ?? null, lookedTo: end?.at ?? null };
}
