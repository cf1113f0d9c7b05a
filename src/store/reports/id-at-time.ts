/** Ids grow with time: the first row at or behind a moment is found by halving the primary key, some twenty rows, without an index by time. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';

const timed = {
  audit: sql`a.at`,
  letters: sql`a.created_at`,
} as const satisfies Record<string, RawBuilder<unknown>>;

/**
 * A row has the time at which its transaction began, and its id from when it was written. So a row of the moment may lie some minutes of
 * writing before or behind the place that is found: whoever asks goes as far beyond it, and looks at the time of each row.
 */
const writingMinutes = 5;

/** Null where there is no row at all. `iso` is a moment that PostgreSQL can read. */
async function idAtTime(db: Db, table: keyof typeof timed, iso: string): Promise<string | null> {
  const rowsOf = sql.table(table);
  const at = timed[table];
  const { rows } = await sql<{ id: string | null }>`
    with recursive search as (
      select min(id) as low, max(id) + 1 as high
      from ${rowsOf}
      union all
      select
        case when found.at < ${iso}::timestamptz then found.id + 1 else low end,
        case when found.at < ${iso}::timestamptz then high else half.id end
      from search
      cross join lateral (select (low + high) / 2 as id) half
      cross join lateral (
        select a.id, ${at} as at
        from ${rowsOf} a
        where a.id >= half.id
        order by a.id
        limit 1
      ) found
      where low < high
    )
    select low::text as id
    from search
    order by high - low
    limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/** The ids between which every row of these moments lies; a side that is not asked for is null. */
export async function idsBetween(
  db: Db,
  table: keyof typeof timed,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  within = writingMinutes,
): Promise<{ readonly low: string | null; readonly high: string | null }> {
  const moved = (iso: string, minutes: number) => new Date(Date.parse(iso) + minutes * 60_000).toISOString();
  return {
    low: from === undefined ? null : await idAtTime(db, table, moved(from, -within)),
    high: to === undefined ? null : await idAtTime(db, table, moved(to, within)),
  };
}
