/** How often was tried, by what and whom: in the database, so that it holds over every process. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export type Counted = { readonly key: string; readonly minutes: number };

/** One more for each; answers in their order with how many there are now, and for how many seconds they are counted. */
export async function countTries(
  database: Database,
  counted: readonly Counted[],
): Promise<readonly { readonly n: number; readonly seconds: number }[]> {
  const { rows } = await database.ask((db) =>
    sql<{ key: string; n: number; seconds: number }>`
      insert into sign_in_counts as c (key, n, ends_at)
      select key, 1, now() + make_interval(mins => minutes)
      from unnest(
        ${counted.map(({ key }) => key)}::text[],
        ${counted.map(({ minutes }) => minutes)}::int[]) as asked (key, minutes)
      order by key
      on conflict (key) do update set
        n = case when c.ends_at <= now() then 1 else c.n + 1 end,
        ends_at = case when c.ends_at <= now() then excluded.ends_at else c.ends_at end
      returning key, n, extract(epoch from ends_at - now())::float as seconds`.execute(db),
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  return counted.map(({ key }) => found.get(key) ?? { n: 0, seconds: 0 });
}
