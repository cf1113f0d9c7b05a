/** Sites whose renewals are to be planned, and letters that are due or came back (POLICY §10.1–3). */
import { sql } from 'kysely';
import { noticeSpans } from '../../notices/spans.ts';
import type { Database } from '../database.ts';
import { days, hours, oneOf } from '../literals.ts';

export type SiteToPlan = { readonly site: string; readonly planAt: string };

/** Whose contracts have changed, and which were not looked at for a day; none while renewals stand still. */
export async function sitesToPlan(database: Database, most: number): Promise<SiteToPlan[]> {
  const { rows } = await database.ask((db) =>
    sql<SiteToPlan>`
      select s.number as site, to_json(r.plan_at) #>> '{}' as "planAt"
      from renewal_sites r
      join sites s on s.id = r.site_id
      where r.plan_at <= now()
        and exists (select from schedules k where k.kind = 'renewals' and k.running)
      order by r.plan_at, r.site_id
      limit ${most}`.execute(db),
  );
  return rows;
}

/** Again within a day, not all of them in the same hour; in a minute while letters have not left, or where it failed (`soon`). Whose contracts have changed since is planned once more at once. */
export async function notePlanned(
  database: Database,
  sites: readonly SiteToPlan[],
  { soon = false }: { readonly soon?: boolean } = {},
): Promise<void> {
  if (sites.length === 0) return;
  await database.ask((db) =>
    sql`
      update renewal_sites r
      set plan_at = case
        when ${soon}::boolean or exists (
          select
          from renewal_steps t
          join renewal_letters n on n.step_id = t.id
          join letters l on l.id = n.letter_id
          where t.site_id = r.site_id
            and t.state = 'sent'
            and t.settled_at > now() - ${days(noticeSpans.returnDays)}
            and l.state in ${oneOf(['queued', 'unknown'])}
        ) then now() + interval '60 seconds'
        else now() + ${days(1)} - random() * ${hours(4)}
      end
      from jsonb_to_recordset(${JSON.stringify(sites)}::jsonb) as x(site text, "planAt" timestamptz)
      join sites s on s.number = x.site
      where r.site_id = s.id and r.plan_at = x."planAt"`.execute(db),
  );
}

/** What is due, the longest first, and what came back, but for `seen`; by the ids of the steps. None while all of it stands still or is paused. */
export async function dueRenewals(database: Database, most: number, seen: readonly string[] = []): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`
      select id
      from (
        select t.id::text as id, t.due_at as at
        from renewal_steps t
        where t.state = 'planned' and t.due_at <= now()
        union all
        select t.id::text, t.settled_at
        from renewal_steps t
        where t.state = 'sent'
          and t.settled_at > now() - ${days(noticeSpans.returnDays)}
          and (
            select l.state
            from renewal_letters n
            join letters l on l.id = n.letter_id
            where n.step_id = t.id and n.role = 'notice'
            order by l.id desc
            limit 1
          ) in ${oneOf(['bounced', 'failed'])}
      ) due
      where exists (select from schedules k where k.kind = 'renewals' and k.running and k.paused_at is null)
        and id <> all(${[...seen]}::text[])
      order by at, id
      limit ${most}`.execute(db),
  );
  return rows.map(({ id }) => id);
}

/** PostgreSQL's clock, since when renewals run, and the first day of the last list to the team; null while they stand still. */
export async function renewalsToldOn(
  database: Database,
): Promise<{ readonly now: string; readonly since: string; readonly toldOn: string | null } | null> {
  const { rows } = await database.ask((db) =>
    sql<{ now: string; since: string; toldOn: string | null }>`
      select
        to_json(now()) #>> '{}' as now,
        to_json(since) #>> '{}' as since,
        to_json(told_on) #>> '{}' as "toldOn"
      from schedules
      where kind = 'renewals' and running`.execute(db),
  );
  return rows[0] ?? null;
}
