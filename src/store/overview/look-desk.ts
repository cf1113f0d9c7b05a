/** Of the overview: first answers that are owed, cases that nobody has, renewals, alerts that stand, jobs of the clock and workers. */
import { type RawBuilder, sql } from 'kysely';
import type { CaseAtRisk, DatabaseSeen } from '../../upkeep/overview/look.ts';
import { atRisk } from '../cases/listed/owed.ts';
import type { Database } from '../database.ts';
import { days, hours } from '../literals.ts';
import { time } from '../reports/reports.ts';

const mostCases = 200;

const cases = (where: RawBuilder<unknown>, order: RawBuilder<unknown>): RawBuilder<CaseAtRisk[]> => sql`(
  select coalesce(
    json_agg(json_build_object(
      'number', f.number,
      'title', f.title,
      'site', s.name,
      'severity', f.severity,
      'due', ${time('f.due')},
      'owner', f.owner) order by ${order}),
    '[]')
  from (
    select c.id, c.number, c.title, c.site_id, c.severity, c.due, c.owner
    from cases c
    where ${where}
    order by c.due
    limit ${mostCases}
  ) f
  join sites s on s.id = f.site_id)`;

type Desk = Pick<DatabaseSeen, 'clocks' | 'unowned' | 'renewals'>;

/** By the index of open cases: severity, then when the first answer is due. */
export async function lookAtDesk(database: Database): Promise<Desk> {
  const { rows } = await database.ask((db) =>
    sql<Desk>`
      select
        ${cases(atRisk, sql`f.due`)} as clocks,
        ${cases(
          sql`c.status = 'open' and c.severity = 1 and c.owner is null and c.merged_into is null`,
          sql`f.due`,
        )} as unowned,
        json_build_object(
          'running', coalesce((select running from schedules where kind = 'renewals'), false),
          'dueThisWeek', (
            select count(*)
            from (
              select
              from renewal_steps
              where state = 'planned' and due_at < now() + ${days(7)}
              limit 10001
            ) x
          ),
          'next', (select ${time('min(due_at)')} from renewal_steps where state = 'planned'),
          'sentThisWeek', (
            select count(*)
            from (
              select
              from renewal_steps
              where state = 'sent' and settled_at > now() - ${days(7)}
              limit 10001
            ) x
          ),
          'notTold', 0) as renewals`.execute(db),
  );
  return rows[0] as Desk;
}

type Running = Pick<DatabaseSeen, 'alerts' | 'clockFaults' | 'workers' | 'paused'>;

export async function lookAtRunning(database: Database): Promise<Running> {
  const { rows } = await database.ask((db) =>
    sql<Running>`
      select
        (
          select coalesce(
            json_agg(json_build_object(
              'cause', cause,
              'subject', subject,
              'count', count,
              'why', why,
              'since', ${time('since')}) order by id),
            '[]')
          from alerts
          where over_at is null and seen_at > now() - interval '5 minutes'
        ) as alerts,
        (
          select coalesce(
            json_agg(json_build_object('job', name, 'failure', failure, 'at', ${time('failed_at')}) order by name),
            '[]')
          from clock_runs
          where failure is not null and failed_at > now() - ${hours(1)}
        ) as "clockFaults",
        (
          select coalesce(
            json_agg(json_build_object(
              'id', w.id,
              'host', w.host,
              'pid', w.pid,
              'does', w.does,
              'startedAt', ${time('w.started_at')},
              'seenAt', ${time('w.seen_at')},
              'mails', (select count(*) from mails m where m.state = 'new' and m.claimed_by = w.id),
              'letters', (
                select count(*) from letters l where l.state in ('queued', 'unknown') and l.claimed_by = w.id
              )) order by w.host, w.pid),
            '[]')
          from workers w
          where w.seen_at > now() - interval '10 minutes'
        ) as workers,
        (
          select coalesce(
            json_agg(json_build_object(
              'queue', split_part(name, ':', 2),
              'at', ${time('stopped_at')},
              'by', stopped_by,
              'reason', coalesce(stop_reason, '')) order by name),
            '[]')
          from channels
          where name like 'queue:%' and stopped_at is not null
        ) as paused`.execute(db),
  );
  return rows[0] as Running;
}
