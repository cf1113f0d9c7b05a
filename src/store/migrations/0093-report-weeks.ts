import { type Kysely, sql } from 'kysely';

const statements = `
-- report_case_days summed up by week (its Monday): a report of years reads whole weeks here, and days at its edges alone.
create table report_case_weeks (
  week date not null,
  severity smallint not null,
  plan text not null,
  owner text not null,
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
  primary key (week, severity, plan, owner)
);

insert into report_case_weeks
select date_trunc('week', day)::date, severity, plan, owner, sum(opened), sum(promised), sum(answered), sum(late), sum(minutes),
  sum(score_1), sum(score_2), sum(score_3), sum(score_4), sum(score_5)
from report_case_days
group by 1, 2, 3, 4;
`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db);
}
