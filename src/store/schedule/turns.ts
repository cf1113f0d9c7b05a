/** Turns of letters on a schedule: which are to be planned, which are due, and how all of it stands. */
import { sql } from 'kysely';
import type { ClockPlace } from '../../calendar/place-calendar.ts';
import { type ScheduleKind, type Turn, type TurnKind, type TurnSchedule, turnSchedules } from '../../notices/turns.ts';
import type { Database } from '../database.ts';
import { days, oneOf } from '../literals.ts';
import { siteFields } from '../registry/registry.ts';

export type SiteToPlan = { readonly site: string; readonly kind: TurnSchedule; readonly place: ClockPlace };

/** `now` is PostgreSQL's clock, `since` the last start of a kind that runs, null where none does, `last` the newest site. */
export async function turnsStanding(
  database: Database,
): Promise<{ readonly now: string; readonly since: string | null; readonly last: string }> {
  const { rows } = await database.ask((db) =>
    sql<{ now: string; since: string | null; last: string }>`
      select
        to_json(now()) #>> '{}' as now,
        (
          select to_json(max(since)) #>> '{}' from schedules where running and kind in ${oneOf(turnSchedules)}
        ) as since,
        (select coalesce(max(id), 0)::text from sites) as last`.execute(db),
  );
  return rows[0] ?? { now: '', since: null, last: '0' };
}

/** Sites behind that one that a kind which was started has nothing planned for: all of them then, and new ones later. */
export async function turnsToPlan(database: Database, after: string, most: number): Promise<SiteToPlan[]> {
  const { rows } = await database.ask((db) =>
    sql<SiteToPlan>`
      select
        s.id::text as site,
        k.kind,
        json_strip_nulls(json_build_object(${siteFields})) as place
      from schedules k
      cross join sites s
      where k.running
        and k.kind in ${oneOf(turnSchedules)}
        and s.id > ${after}::bigint
        and not exists (
          select from schedule_turns t where t.site_id = s.id and t.kind = k.kind and t.due_at is not null
        )
      order by k.kind, s.id
      limit ${most}`.execute(db),
  );
  return rows;
}

export type PlannedTurn = Turn & { readonly site: string; readonly kind: TurnSchedule };

/** Whoever plans the same at the same time comes to the same. */
export async function planTurns(database: Database, turns: readonly PlannedTurn[]): Promise<void> {
  await database.ask((db) =>
    sql`
      insert into schedule_turns as t (site_id, kind, period, step, due_at)
      select x.site, x.kind, x.period, x.step, x."dueAt"
      from jsonb_to_recordset(${JSON.stringify(turns)}::jsonb) as x(
        site bigint,
        kind text,
        period text,
        step int,
        "dueAt" timestamptz)
      join sites s on s.id = x.site
      join schedules k on k.kind = x.kind and k.running
      on conflict (site_id, kind) do update set
        period = excluded.period,
        step = excluded.step,
        due_at = excluded.due_at
      where t.due_at is null`.execute(db),
  );
}

export type DueTurn = { readonly site: string; readonly kind: TurnKind };

/** By the numbers of their sites, what is longest due first. */
export async function dueTurns(database: Database, most: number): Promise<DueTurn[]> {
  const { rows } = await database.ask((db) =>
    sql<DueTurn>`
      select s.number as site, t.kind
      from schedule_turns t
      join sites s on s.id = t.site_id
      where t.due_at <= now()
      order by t.due_at, t.site_id, t.kind
      limit ${most}`.execute(db),
  );
  return rows;
}

/** Contacts whose address came back, and of whom nobody was asked yet. */
export async function contactsToAskAbout(
  database: Database,
  most: number,
): Promise<{ contact: string; site: string }[]> {
  const { rows } = await database.ask((db) =>
    sql<{ contact: string; site: string }>`
      select c.id::text as contact, s.number as site
      from contacts c
      join sites s on s.id = c.site_id
      where c.doubtful_since is not null
        and (c.asked_about_at is null or c.asked_about_at < c.doubtful_since)
      order by c.doubtful_since, c.id
      limit ${most}`.execute(db),
  );
  return rows;
}

export type ScheduleStanding = {
  readonly kind: TurnKind | ScheduleKind;
  readonly running: boolean;
  /** Started or stopped, ISO 8601, and by whom; null: never. */
  readonly since: string | null;
  readonly by: string | null;
  /** The next letters: when, and at how many sites on that day; of the end of support about how many versions. */
  readonly next: string | null;
  readonly sites: number;
  /** The last turn of any site, and what the turns came to within the last 31 days. */
  readonly last: string | null;
  readonly lately: Readonly<Record<string, number>>;
};

export async function scheduleStandings(database: Database, kinds: readonly TurnKind[]): Promise<ScheduleStanding[]> {
  const { rows } = await database.ask((db) =>
    sql<ScheduleStanding>`
      select
        n.kind,
        coalesce(k.running, false) as running,
        to_json(k.since) #>> '{}' as since,
        k.by,
        to_json(d.next) #>> '{}' as next,
        (
          select count(*)::int
          from schedule_turns t
          where t.kind = n.kind and t.due_at < d.next + ${days(1)}
        ) as sites,
        to_json(d.last) #>> '{}' as last,
        (
          select coalesce(json_object_agg(r.last_result, r.count), '{}')
          from (
            select t.last_result, count(*)::int as count
            from schedule_turns t
            where t.kind = n.kind and t.last_at > now() - ${days(31)}
            group by t.last_result
          ) r
        ) as lately
      from unnest(${[...kinds]}::text[]) with ordinality as n(kind, place)
      left join schedules k on k.kind = n.kind
      cross join lateral (
        select min(t.due_at) as next, max(t.last_at) as last from schedule_turns t where t.kind = n.kind
      ) d
      order by n.place`.execute(db),
  );
  return rows;
}
