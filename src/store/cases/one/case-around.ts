/** What stands around a case: those it belongs with, the others of its site, and why it was opened. */
import { sql } from 'kysely';
import type { CaseLinkKind, Severity } from '../../../cases/case.ts';
import type { Database } from '../../database.ts';
import { time } from '../../reports/reports.ts';

export type NearCase = {
  readonly number: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: 'open' | 'closed';
  readonly owner: string | null;
  readonly due: string | null;
  readonly openedAt: string;
};
export type CaseAround = {
  readonly siteId: string;
  readonly underCovered: boolean;
  readonly report: Readonly<Record<string, string>>;
  readonly messages: number;
  readonly links: readonly (NearCase & { readonly kind: CaseLinkKind })[];
  /** Of its site, the open ones first, then the newest. */
  readonly others: readonly NearCase[];
  /** Why the mail that it was opened from was decided so. */
  readonly why: {
    readonly mail: string;
    readonly rule: string;
    readonly reason: string;
    readonly contract: string | null;
  } | null;
  readonly score: number | null;
};

const mostOthers = 8;

const near = sql`
  o.number,
  o.title,
  o.severity::int as severity,
  o.status,
  o.owner,
  ${time('o.due')} as due,
  ${time('o.opened_at')} as "openedAt"`;

const links = sql`
  select coalesce(json_agg(l), '[]')
  from (
    select 'follows' as kind, ${near}
    from cases o
    where o.id = c.follow_up_of
    union all
    select 'followed-by' as kind, ${near}
    from cases o
    where o.follow_up_of = c.id
    union all
    select 'merged-into' as kind, ${near}
    from cases o
    where o.id = c.merged_into
    union all
    select 'merged' as kind, ${near}
    from cases o
    where o.merged_into = c.id
    union all
    select 'split-from' as kind, ${near}
    from cases o
    where o.id = c.split_from
    union all
    select 'split' as kind, ${near}
    from cases o
    where o.split_from = c.id
    union all
    select 'linked' as kind, ${near}
    from case_events e
    join cases o on o.number = e.detail->>'case'
    where e.case_id = c.id and e.kind = 'linked'
  ) l`;

/** By the index of cases by site: the open ones first, each the newest first. */
const others = sql`
  select coalesce(json_agg(o), '[]')
  from (
    select ${near}
    from cases o
    where o.site_id = c.site_id and o.id <> c.id
    order by (o.status = 'open') desc, o.id desc
    limit ${sql.lit(mostOthers)}
  ) o`;

const why = sql`
  select json_build_object(
    'mail', d.mail_id::text,
    'rule', d.rule,
    'reason', d.reason,
    'contract', d.evidence#>>'{contract,kind}')
  from decisions d
  where d.mail_id = c.opened_by_mail
  order by d.id desc
  limit 1`;

/** The row of a case by its number; null: there is none. */
export async function caseIdOf(database: Database, number: string): Promise<string | null> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`select id::text as id from cases where number = ${number}`.execute(db),
  );
  return rows[0]?.id ?? null;
}

export async function caseAround(database: Database, caseId: string): Promise<CaseAround | null> {
  const { rows } = await database.ask((db) =>
    sql<CaseAround>`
      select
        c.site_id::text as "siteId",
        c.under_covered as "underCovered",
        c.report,
        (select count(*)::int from case_messages m where m.case_id = c.id) as messages,
        (${links}) as links,
        (${others}) as others,
        (${why}) as why,
        (select max(a.score) from satisfaction_answers a where a.case_id = c.id) as score
      from cases c
      where c.id = ${caseId}::bigint`.execute(db),
  );
  return rows[0] ?? null;
}
