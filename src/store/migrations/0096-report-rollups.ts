import { type Kysely, sql } from 'kysely';

const sums = [
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
];
const columns = sums.join(', ');
const added = sums.map((name) => `sum(${name})`).join(', ');

const statements = `
-- Rows for all severities (0), all plans ('*') and all engineers ('*') stand beside the others: a report reads those that it shows.
insert into report_case_weeks (week, severity, plan, owner, ${columns})
select week, case when grouping(severity) = 1 then 0 else severity end, case when grouping(plan) = 1 then '*' else plan end,
  case when grouping(owner) = 1 then '*' else owner end, ${added}
from report_case_weeks
group by week, cube (severity, plan, owner)
having grouping(severity, plan, owner) > 0;

alter table report_case_weeks drop constraint report_case_weeks_pkey;
alter table report_case_weeks add primary key (severity, plan, owner, week);

-- What the cases of each site count as, by month (its first day).
create table report_site_months (
  site_id bigint not null,
  month date not null,
  opened bigint not null,
  promised bigint not null,
  answered bigint not null,
  late bigint not null,
  minutes bigint not null,
  score_1 bigint not null,
  score_2 bigint not null,
  score_3 bigint not null,
  score_4 bigint not null,
  score_5 bigint not null,
  primary key (month, site_id)
);

insert into report_site_months (site_id, month, ${columns})
select site_id, date_trunc('month', day)::date, ${added}
from (
  select site_id, day, 1 as opened, promised::int as promised, answered::int as answered, late::int as late, minutes,
    0 as score_1, 0 as score_2, 0 as score_3, 0 as score_4, 0 as score_5
  from report_cases
  union all
  select site_id, score_day, 0, 0, 0, 0, 0, (score = 1)::int, (score = 2)::int, (score = 3)::int, (score = 4)::int, (score = 5)::int
  from report_cases
  where score is not null
) counted
group by 1, 2;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
