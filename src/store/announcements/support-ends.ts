/** Letters about the end of full support as rows (POLICY §10.6): what is on record of versions, and which announcements tell of them. */
import { sql } from 'kysely';
import type { SupportEndRow, SupportEndsRecord } from '../../acts/announcements/records.ts';
import type { EndingVersion } from '../../notices/support-ends.ts';
import type { Database } from '../database.ts';
import { days } from '../literals.ts';
import type { ScheduleStanding } from '../schedule/turns.ts';

const versions = sql`
  select coalesce(json_agg(json_build_object(
    'product', p.name,
    'version', v.version,
    'stage', v.stage,
    'preview', v.preview,
    'fullUntil', v.full_until,
    'knownAt', v.full_until_since) order by p.name, v.position, v.version), '[]')
  from product_versions v
  join products p on p.id = v.product_id
  where v.full_until is not null`;

const rows = sql`
  select coalesce(json_agg(json_build_object(
    'id', a.id::text,
    'name', a.name,
    'state', a.state,
    'dueAt', a.due_at,
    'dropped', a.dropped) order by a.id), '[]')
  from announcements a
  where a.due_at is not null`;

export async function supportEndsOf(database: Database): Promise<Omit<SupportEndsRecord, 'audiences'>> {
  type Row = { running: boolean; since: string | null; versions: EndingVersion[]; rows: SupportEndRow[] };
  const { rows: found } = await database.ask((db) =>
    sql<Row>`
      select
        coalesce(bool_or(k.running), false) as running,
        to_json(max(k.since)) #>> '{}' as since,
        (${versions}) as versions,
        (${rows}) as rows
      from (select) one
      left join schedules k on k.kind = 'end-of-support'`.execute(db),
  );
  return found[0] ?? { running: false, since: null, versions: [], rows: [] };
}

/** Null: these letters stand still. Else what is due, the longest first, by its id. */
export async function dueSupportEnds(database: Database): Promise<string[] | null> {
  const { rows: found } = await database.ask((db) =>
    sql<{ due: string[] }>`
      select array(
        select a.id::text from announcements a where a.state = 'ready' and a.due_at <= now() order by a.due_at, a.id
      ) as due
      from schedules k
      where k.kind = 'end-of-support' and k.running`.execute(db),
  );
  return found[0]?.due ?? null;
}

/** As of the other schedules; what is counted is versions. */
export async function supportEndStanding(database: Database): Promise<ScheduleStanding> {
  const { rows: found } = await database.ask((db) =>
    sql<ScheduleStanding>`
      select
        'end-of-support' as kind,
        coalesce(bool_or(k.running), false) as running,
        to_json(max(k.since)) #>> '{}' as since,
        max(k.by) as by,
        to_json(max(d.next)) #>> '{}' as next,
        (
          select count(*)::int
          from announcements a
          where a.state = 'ready' and a.due_at < max(d.next) + ${days(1)}
        ) as sites,
        to_json(max(d.last)) #>> '{}' as last,
        (
          select coalesce(json_object_agg(r.came, r.count), '{}')
          from (
            select coalesce(a.dropped, a.state) as came, count(*)::int as count
            from announcements a
            where a.due_at is not null and coalesce(a.ended_at, a.started_at) > now() - ${days(31)}
            group by 1
          ) r
        ) as lately
      from (
        select
          (select min(due_at) from announcements where state = 'ready') as next,
          (select max(started_at) from announcements where due_at is not null) as last
      ) d
      left join schedules k on k.kind = 'end-of-support'`.execute(db),
  );
  return found[0] as ScheduleStanding;
}
