/** The reports, read from the sums of days; what is asked of sites, from what each case was counted as. */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database.ts';
import { whole } from '../reports.ts';
import { all, type Measure, measures } from './count-cases.ts';

/** Days as `2026-11-29`, the last one is in it. */
export type Period = { readonly from: string; readonly to: string };
export type CaseFilter = Period & {
  readonly severity?: number | undefined;
  readonly plan?: string | undefined;
  /** An address, `''`: nobody owns it. */
  readonly engineer?: string | undefined;
  /** Its number. */
  readonly site?: string | undefined;
};
export const dimensions = ['week', 'severity', 'plan', 'site', 'engineer'] as const;
export type Dimension = (typeof dimensions)[number];
export type CaseSums = { readonly [M in Measure]: number };
/** `key`: the Monday of a week, a severity, a plan, the number of a site, an address. */
export type CaseSumsBy = CaseSums & { readonly key: string; readonly name: string | null };

const columns = sql.join(measures.map((name) => sql.ref(name)));

/** Cases of sites, one by one: in this time by the day of the opening, and the score by the day of that; one pass for both. */
const ofCasesOfSites = (where: RawBuilder<unknown>, { from, to }: Period): RawBuilder<unknown> => {
  const opened = sql`r.day between ${from}::date and ${to}::date`;
  const scored = sql`r.score_day between ${from}::date and ${to}::date`;
  const score = (of: number) => sql`(${scored} and r.score = ${sql.lit(of)})::int`;
  return sql`
    select
      r.site_id,
      (${opened})::int as opened,
      (${opened} and r.promised)::int as promised,
      (${opened} and r.answered)::int as answered,
      (${opened} and r.late)::int as late,
      case when ${opened} then r.minutes else 0 end as minutes,
      coalesce(${score(1)}, 0) as score_1,
      coalesce(${score(2)}, 0) as score_2,
      coalesce(${score(3)}, 0) as score_3,
      coalesce(${score(4)}, 0) as score_4,
      coalesce(${score(5)}, 0) as score_5
    from report_cases r
    where (${opened} or ${scored})
      and ${where}`;
};

/** Whole months from their sums, and what is left of the time at its edges from the cases. */
function ofSites({ from, to }: Period): RawBuilder<unknown> {
  const begins = Temporal.PlainDate.from(from);
  const after = Temporal.PlainDate.from(to).add({ days: 1 });
  const first = begins.day === 1 ? begins : begins.add({ months: 1 }).with({ day: 1 });
  const behind = after.with({ day: 1 });
  const cases = (period: Period) => sql`select * from (${ofCasesOfSites(sql`true`, period)}) c`;
  if (Temporal.PlainDate.compare(first, behind) >= 0) return cases({ from, to });
  const edges = [
    { from: begins, to: first.subtract({ days: 1 }) },
    { from: behind, to: after.subtract({ days: 1 }) },
  ].filter((edge) => Temporal.PlainDate.compare(edge.from, edge.to) <= 0);
  const months = sql`
    select site_id, ${columns}
    from report_site_months
    where month >= ${first.toString()}::date
      and month < ${behind.toString()}::date`;
  return sql.join(
    [months, ...edges.map((edge) => cases({ from: edge.from.toString(), to: edge.to.toString() }))],
    sql` union all `,
  );
}

/** Of one site, with its scores under the day on which they were given. */
const ofOneSite = (where: RawBuilder<unknown>, { from, to }: Period): RawBuilder<unknown> => {
  const none = sql.raw(['opened', 'promised', 'answered', 'late', 'minutes'].map((name) => `0 as ${name}`).join(', '));
  const noScores = sql.raw([1, 2, 3, 4, 5].map((n) => `0 as score_${n}`).join(', '));
  const scores = sql.raw([1, 2, 3, 4, 5].map((n) => `(r.score = ${n})::int as score_${n}`).join(', '));
  return sql`
    select
      r.site_id,
      r.day,
      r.severity,
      r.plan,
      r.owner,
      1 as opened,
      r.promised::int as promised,
      r.answered::int as answered,
      r.late::int as late,
      r.minutes,
      ${noScores}
    from report_cases r
    where r.day between ${from}::date and ${to}::date
      and ${where}
    union all
    select
      r.site_id,
      r.score_day as day,
      r.severity,
      r.plan,
      r.owner,
      ${none},
      ${scores}
    from report_cases r
    where r.score_day between ${from}::date and ${to}::date
      and ${where}`;
};

/** Whole weeks from their sums, and what is left of the time at its edges from those of the days. */
function ofEverybody(by: Dimension, { from, to, severity, plan, engineer }: CaseFilter): RawBuilder<unknown> {
  const begins = Temporal.PlainDate.from(from);
  const after = Temporal.PlainDate.from(to).add({ days: 1 });
  const first = begins.add({ days: (8 - begins.dayOfWeek) % 7 }).toString();
  const behind = after.subtract({ days: after.dayOfWeek - 1 }).toString();
  /** Of a dimension that is neither asked about nor shown the row for all of it is read. */
  const one = (column: keyof typeof all, asked: string | number | undefined, shown: boolean) =>
    asked !== undefined
      ? sql`${sql.ref(column)} = ${asked}`
      : shown
        ? sql`${sql.ref(column)} <> ${sql.lit(all[column])}`
        : sql`${sql.ref(column)} = ${sql.lit(all[column])}`;
  const is = (column: keyof typeof all, asked: string | number | undefined) =>
    asked === undefined ? sql`true` : sql`${sql.ref(column)} = ${asked}`;
  return sql`
    select week as day, severity, plan, owner, ${columns}
    from report_case_weeks
    where week >= ${first}::date
      and week < ${behind}::date
      and ${one('severity', severity, by === 'severity')}
      and ${one('plan', plan, by === 'plan')}
      and ${one('owner', engineer, by === 'engineer')}
    union all
    select day, severity, plan, owner, ${columns}
    from report_case_days
    where day between ${from}::date and ${to}::date
      and (day < ${first}::date or day >= ${behind}::date)
      and ${is('severity', severity)}
      and ${is('plan', plan)}
      and ${is('owner', engineer)}`;
}

const keys = {
  week: sql`d.day - extract(isodow from d.day)::int + 1`,
  severity: sql`d.severity`,
  plan: sql`d.plan`,
  engineer: sql`d.owner`,
  site: sql`d.site_id`,
} as const satisfies Record<Dimension, RawBuilder<unknown>>;

/** So many at most, those with the most cases. */
export const mostLines = 200;

export async function caseSumsBy(database: Database, by: Dimension, filter: CaseFilter): Promise<CaseSumsBy[]> {
  const { from, to, severity, plan, engineer, site } = filter;
  const conditions: RawBuilder<unknown>[] = [];
  if (severity !== undefined) conditions.push(sql`r.severity = ${severity}`);
  if (plan !== undefined) conditions.push(sql`r.plan = ${plan}`);
  if (engineer !== undefined) conditions.push(sql`r.owner = ${engineer}`);
  if (site !== undefined) conditions.push(sql`r.site_id = (select id from sites where number = ${site})`);
  const isOfSites = by === 'site' && conditions.length === 0;
  const ofCases = whole(conditions);
  const source = isOfSites
    ? ofSites({ from, to })
    : by === 'site'
      ? ofCasesOfSites(ofCases, { from, to })
      : site === undefined
        ? ofEverybody(by, filter)
        : ofOneSite(ofCases, { from, to });
  const sums = sql.join(measures.map((name) => sql`sum(${sql.ref(`d.${name}`)}::float8) as ${sql.ref(name)}`));
  const { rows } = await database.ask((db) =>
    sql<CaseSumsBy>`
      with summed as (
        select ${keys[by]} as key, ${sums}
        from (${source}) d
        group by 1
        order by 2 desc, 1
        limit ${mostLines}
      )
      select
        ${by === 'site' ? sql`s.number` : sql`summed.key::text`} as key,
        ${by === 'site' ? sql`s.name` : sql`null`} as name,
        ${sql.join(measures.map((name) => sql.ref(`summed.${name}`)))}
      from summed
      ${by === 'site' ? sql`join sites s on s.id = summed.key` : sql``}
      where ${sql.join(
        measures.map((name) => sql`${sql.ref(`summed.${name}`)} <> 0`),
        sql` or `,
      )}
      order by ${by === 'week' || by === 'severity' ? sql`1` : sql`summed.opened desc, 1`}`.execute(db),
  );
  return rows;
}

export type WeekCount = {
  readonly week: string;
  readonly what: string;
  readonly count: number;
  readonly again: number;
};

export async function heldByWeek(database: Database, { from, to }: Period): Promise<WeekCount[]> {
  const { rows } = await database.ask((db) =>
    sql<WeekCount>`
      select
        (day - extract(isodow from day)::int + 1)::text as week,
        reason as what,
        sum(held)::float as count,
        0::float as again
      from report_held_days
      where day between ${from}::date and ${to}::date
      group by 1, 2
      order by 1, 2`.execute(db),
  );
  return rows;
}

export async function questionsByWeek(database: Database, { from, to }: Period): Promise<WeekCount[]> {
  const { rows } = await database.ask((db) =>
    sql<WeekCount>`
      select
        (day - extract(isodow from day)::int + 1)::text as week,
        question as what,
        sum(asked)::float as count,
        sum(again)::float as again
      from report_question_days
      where day between ${from}::date and ${to}::date
      group by 1, 2
      order by 1, 2`.execute(db),
  );
  return rows;
}

/** Everybody who owned a case in that time. */
export async function engineersOf(database: Database, { from, to }: Period): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ owner: string }>`
      select distinct owner
      from report_case_weeks
      where week between date_trunc('week', ${from}::date)::date and ${to}::date
        and severity = ${sql.lit(all.severity)}
        and plan = ${sql.lit(all.plan)}
        and owner not in ('', ${sql.lit(all.owner)})
      order by owner
      limit ${mostLines}`.execute(db),
  );
  return rows.map(({ owner }) => owner);
}

export type Counted = { readonly site: string | null; readonly behind: boolean; readonly at: string | null };

/** The name of the site that is asked about, and how far everything was counted: the moment of the last row that was. */
export async function countedTo(database: Database, site: string | undefined): Promise<Counted> {
  const { rows } = await database.ask((db) =>
    sql<Counted>`
      select
        (select name from sites where number = ${site ?? ''}) as site,
        coalesce((select max(id) from audit) > m.counted_id + 1000, false) as behind,
        (
          select to_json(a.at) #>> '{}'
          from audit a
          where a.id <= m.counted_id
          order by a.id desc
          limit 1
        ) as at
      from (select 1) one
      left join report_mark m on true`.execute(db),
  );
  return rows[0] ?? { site: null, behind: false, at: null };
}
