/** Cases that were open before there were timers. */
import { sql } from 'kysely';
import type { CaseNeeds, CasesBehind } from '../../acts/cases/records.ts';
import type { Database } from '../database.ts';

/** The list names so many; the rest is counted. */
const mostNamed = 200;

const behind = sql`c.silent_until = 'infinity'`;
const overdue = sql`${behind} and c.due < now() and c.response_met_at is null and c.kind <> 'preview'`;

export async function casesBehind(
  database: Database,
  { behind: asked }: CaseNeeds,
): Promise<{ readonly behind?: CasesBehind }> {
  if (!asked) return {};
  const { rows } = await database.ask((db) =>
    sql<Omit<CasesBehind, 'more'> & { late: number }>`
      select
        (select count(*)::int from cases c where ${behind}) as count,
        (select count(*)::int from cases c where ${overdue}) as late,
        (
          select coalesce(json_agg(l), '[]')
          from (
            select c.number, c.title, c.severity, s.number as site, s.name as "siteName", c.due,
              c.opened_by_mail::text as mail
            from cases c
            join sites s on s.id = c.site_id
            where ${overdue}
            order by c.severity, c.due, c.id
            limit ${mostNamed}
          ) l
        ) as overdue`.execute(db),
  );
  const { count = 0, late = 0, overdue: named = [] } = rows[0] ?? {};
  return { behind: { count, overdue: named, more: late - named.length } };
}

/** Whether there is any: the look of every tick. */
export async function anyBehind(database: Database): Promise<boolean> {
  const { rows } = await database.ask((db) => sql`select from cases c where ${behind} limit 1`.execute(db));
  return rows.length > 0;
}
