/** What stands behind jobs that failed: the mails and letters they point to, as they stand now. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** How many of them are done, are on their way by themselves, or wait for a person. */
export type RowsBehind = {
  readonly done: number;
  readonly again: number;
  readonly givenUp: number;
  /** The first few that are not done. */
  readonly open: readonly { readonly id: string; readonly says: string | null; readonly state: string }[];
};

const none: RowsBehind = { done: 0, again: 0, givenUp: 0, open: [] };
const shown = 20;

export async function rowsBehind(
  database: Database,
  queue: 'intake' | 'outbound',
  ids: readonly string[],
): Promise<RowsBehind> {
  const real = ids.filter((id) => /^\d{1,18}$/.test(id));
  if (real.length === 0) return none;
  const found =
    queue === 'intake'
      ? sql`
        select
          m.id,
          coalesce(m.subject, m.from_address, m.mail_from) as says,
          case m.state when 'new' then 'again' when 'dead' then 'given-up' else 'done' end as state
        from mails m
        where m.id = any(${real}::bigint[])`
      : sql`
        select
          l.id,
          l.template || ' to ' || l.to_address as says,
          case
            when l.state in ('queued', 'unknown') then 'again'
            when l.state in ('failed', 'bounced') then 'given-up'
            else 'done'
          end as state
        from letters l
        where l.id = any(${real}::bigint[])`;
  const { rows } = await database.ask((db) =>
    sql<RowsBehind>`
      with found as (${found})
      select
        count(*) filter (where state = 'done')::int as done,
        count(*) filter (where state = 'again')::int as again,
        count(*) filter (where state = 'given-up')::int as "givenUp",
        coalesce(
          (
            select json_agg(json_build_object('id', o.id::text, 'says', o.says, 'state', o.state) order by o.id)
            from (select * from found where state <> 'done' order by id limit ${shown}) o
          ),
          '[]') as open
      from found`.execute(db),
  );
  return rows[0] ?? none;
}
