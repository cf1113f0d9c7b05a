/** The reports, read from the sums of days; what is asked of sites, from what each case was counted as. */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database.ts';
import { whole } from '../reports.ts';
import { type Measure, measures } from './count-cases.ts';

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

/** Rows of a table by the day of opening and by that of the score, as the sums have them. */
const ofSites = (where: RawBuilder<unknown>, { from, to }: Period): RawBuilder<unknown> => sql`
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
    0 as score_1,
    0 as score_2,
    0 as score_3,
    0 as score_4,
    0 as score_5
  from report_cases r
  where r.day between ${from}::date and ${to}::date
    and ${where}
  union all
  select
    r.site_id,
    r.score_day,
    r.severity,
    r.plan,
    r.owner,
    0,
    0,
    0,
    0,
    0,
    (r.score = 1)::int,
    (r.score = 2)::int,
    (r.score = 3)::int,
    (r.score = 4)::int,
    (r.score = 5)::int
  from report_cases r
  where r.score_day between ${from}::date and ${to}::date
    and ${where}`;

const keys = {
  week: sql`to_char(date_trunc('week', d.day), 'YYYY-MM-DD')`,
  severity: sql`d.severity::text`,
  plan: sql`d.plan`,
  engineer: sql`d.owner`,
  site: sql`d.site_id::text`,
} as const satisfies Record<Dimension, RawBuilder<unknown>>;

/** So many at most, those with the most cases. */
export const mostLines = 200;

export async function caseSumsBy(database: Database, by: Dimension, filter: CaseFilter): Promise<CaseSumsBy[]> {
  const { from, to, severity, plan, engineer, site } = filter;
  const conditions = (of: string): RawBuilder<unknown>[] => {
    const column = (name: string) => sql.ref(`${of}.${name}`);
    const found: RawBuilder<unknown>[] = [];
    if (severity !== undefined) found.push(sql`${column('severity')} = ${severity}`);
    if (plan !== undefined) found.push(sql`${column('plan')} = ${plan}`);
    if (engineer !== undefined) found.push(sql`${column('owner')} = ${engineer}`);
    return found;
  };
  const bySite = by === 'site' || site !== undefined;
  const ofSite = site === undefined ? [] : [sql`r.site_id = (select id from sites where number = ${site})`];
  const source = bySite
    ? sql`(${ofSites(whole([...conditions('r'), ...ofSite]), { from, to })}) d`
    : sql`report_case_days d`;
  const where = bySite ? sql`true` : whole([sql`d.day between ${from}::date and ${to}::date`, ...conditions('d')]);
  const sums = sql.join(measures.map((name) => sql`sum(${sql.ref(`d.${name}`)})::float as ${sql.ref(name)}`));
  const { rows } = await database.ask((db) =>
    sql<CaseSumsBy>`
      with summed as (
        select ${keys[by]} as key, ${sums}
        from ${source}
        where ${where}
        group by 1
        order by 2 desc, 1
        limit ${mostLines}
      )
      select
        ${by === 'site' ? sql`s.number` : sql`summed.key`} as key,
        ${by === 'site' ? sql`s.name` : sql`null`} as name,
        ${sql.join(measures.map((name) => sql.ref(`summed.${name}`)))}
      from summed
      ${by === 'site' ? sql`join sites s on s.id = summed.key::bigint` : sql``}
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
        to_char(date_trunc('week', day), 'YYYY-MM-DD') as week,
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
        to_char(date_trunc('week', day), 'YYYY-MM-DD') as week,
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
      from report_case_days
      where day between ${from}::date and ${to}::date
        and owner <> ''
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
