/** What cases count as, and the sums of their days: the difference to what a case was counted as before is added. */
import { type RawBuilder, sql } from 'kysely';
import type { CaseCounted, CaseToCount } from '../../../cases/reports/counted.ts';
import type { Mark } from '../../audit/audit-mark.ts';
import type { Tx } from '../../database.ts';
import { clock } from '../../intake/facts/cases.ts';
import { lastAnswers } from '../reports.ts';

export type CaseRowToCount = CaseToCount & { readonly id: string; readonly site: string; readonly now: string };

/** Cases that something was done on, as they stand now. */
export async function casesDoneOn(tx: Tx, { counted, upTo }: Mark): Promise<CaseRowToCount[]> {
  const { rows } = await sql<CaseRowToCount>`
    with done as (
      select distinct subject_id as number
      from audit
      where id > ${counted}::bigint
        and id <= ${upTo}::bigint
        and subject_kind = 'case'
    )
    select
      c.id::text as id,
      c.site_id::text as site,
      to_json(c.opened_at) #>> '{}' as "openedAt",
      c.severity::int as severity,
      c.owner,
      to_json(c.response_met_at) #>> '{}' as "answeredAt",
      (${clock}) as "clockEvents",
      (${lastAnswers}) as answers,
      to_json(now()) #>> '{}' as now
    from done
    join cases c on c.number = done.number`.execute(tx);
  return rows;
}

export type CountedRow = CaseCounted & { readonly caseId: string; readonly siteId: string };

/** The measures of a case as a row of its day, and of the day of its score. */
const asDays = (table: string, sign: 1 | -1): RawBuilder<unknown> => {
  const n = sql.lit(sign);
  const from = sql.table(table);
  return sql`
    select
      site_id,
      day,
      severity,
      plan,
      owner,
      ${n} as opened,
      ${n} * promised::int as promised,
      ${n} * answered::int as answered,
      ${n} * late::int as late,
      ${n} * minutes as minutes,
      0 as score_1,
      0 as score_2,
      0 as score_3,
      0 as score_4,
      0 as score_5
    from ${from}
    union all
    select
      site_id,
      score_day,
      severity,
      plan,
      owner,
      0,
      0,
      0,
      0,
      0,
      ${n} * (score = 1)::int,
      ${n} * (score = 2)::int,
      ${n} * (score = 3)::int,
      ${n} * (score = 4)::int,
      ${n} * (score = 5)::int
    from ${from}
    where score is not null`;
};

export const measures = [
  'opened',
  'promised',
  'answered',
  'late',
  'minutes',
  'score_1',
  'score_2',
  'score_3',
  'score_4',
  'score_5',
] as const;
export type Measure = (typeof measures)[number];

const each = (written: (name: string) => string): RawBuilder<unknown> =>
  sql.raw(measures.map(written).join(',\n        '));

const changes = (written: (name: string) => string): RawBuilder<unknown> =>
  sql.raw(measures.map((name) => `${written(name)} <> 0`).join(' or '));

/** What stands in a row of a week that is for every severity, plan or engineer. */
export const all = { severity: 0, plan: '*', owner: '*' } as const;

/** Any number of cases, each once. */
export async function countCases(tx: Tx, rows: readonly CountedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    with given as materialized (
      select
        g."caseId" as case_id,
        g."siteId" as site_id,
        g.day,
        g.severity,
        g.plan,
        g.owner,
        g.promised,
        g.answered,
        g.late,
        g.minutes,
        g.score,
        g."scoreDay" as score_day
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(
        "caseId" bigint, "siteId" bigint, day date, severity smallint, plan text, owner text, promised boolean,
        answered boolean, late boolean, minutes int, score smallint, "scoreDay" date)
    ), before as materialized (
      select r.*
      from report_cases r
      join given g on g.case_id = r.case_id
    ), written as (
      insert into report_cases (
        case_id, site_id, day, severity, plan, owner, promised, answered, late, minutes, score, score_day)
      select case_id, site_id, day, severity, plan, owner, promised, answered, late, minutes, score, score_day
      from given
      on conflict (case_id) do update set
        site_id = excluded.site_id,
        day = excluded.day,
        severity = excluded.severity,
        plan = excluded.plan,
        owner = excluded.owner,
        promised = excluded.promised,
        answered = excluded.answered,
        late = excluded.late,
        minutes = excluded.minutes,
        score = excluded.score,
        score_day = excluded.score_day
    ), moved as (
      ${asDays('given', 1)}
      union all
      ${asDays('before', -1)}
    ), by_site as (
      insert into report_site_months as d (site_id, month, ${each((name) => name)})
      select
        site_id,
        date_trunc('month', day)::date,
        ${each((name) => `sum(${name})`)}
      from moved
      group by 1, 2
      having ${changes((name) => `sum(${name})`)}
      on conflict (month, site_id) do update set
        ${each((name) => `${name} = d.${name} + excluded.${name}`)}
    ), sums as (
      select
        day,
        severity,
        plan,
        owner,
        ${each((name) => `sum(${name}) as ${name}`)}
      from moved
      group by day, severity, plan, owner
    ), changed as (
      select *
      from sums
      where ${changes((name) => name)}
    ), by_week as (
      insert into report_case_weeks as d (week, severity, plan, owner, ${each((name) => name)})
      select
        date_trunc('week', day)::date,
        case when grouping(severity) = 1 then ${sql.lit(all.severity)} else severity end,
        case when grouping(plan) = 1 then ${sql.lit(all.plan)} else plan end,
        case when grouping(owner) = 1 then ${sql.lit(all.owner)} else owner end,
        ${each((name) => `sum(${name})`)}
      from changed
      group by 1, cube (severity, plan, owner)
      on conflict (severity, plan, owner, week) do update set
        ${each((name) => `${name} = d.${name} + excluded.${name}`)}
    )
    insert into report_case_days as d (day, severity, plan, owner, ${each((name) => name)})
    select
      day,
      severity,
      plan,
      owner,
      ${each((name) => name)}
    from changed
    on conflict (day, severity, plan, owner) do update set
      ${each((name) => `${name} = d.${name} + excluded.${name}`)}`.execute(tx);
}
