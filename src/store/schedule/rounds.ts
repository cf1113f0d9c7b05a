/** Sites that are asked who may open cases, as lists (POLICY §8.10). */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { upTo } from '../literals.ts';
import { time } from '../reports/reports.ts';

export type RoundLine = {
  readonly id: string;
  readonly site: string;
  readonly siteName: string;
  /** The quarter. */
  readonly period: string;
  /** So many people are asked about still. */
  readonly open: number;
  readonly lastAt: string | null;
  /** `sent`, `reminded`, `for-care`. */
  readonly lastResult: string | null;
  /** The next reminder, or when it is listed for client care; null: it is. */
  readonly nextAt: string | null;
};
export type RoundFilter = {
  /** Those that have not answered to the end, which client care has. */
  readonly forCare: boolean;
  /** The id of the last site that was seen. */
  readonly after: string | null;
  readonly limit: number;
};

/** By the order in which sites came on record. */
export async function listRounds(
  database: Database,
  { forCare, after, limit }: RoundFilter,
): Promise<{ items: RoundLine[]; next: string | null }> {
  const { rows } = await database.ask((db) =>
    sql<RoundLine>`
      select
        s.id::text as id,
        s.number as site,
        s.name as "siteName",
        o.period,
        o.open,
        ${time('t.last_at')} as "lastAt",
        t.last_result as "lastResult",
        case when t.period = o.period then ${time('t.due_at')} end as "nextAt"
      from (
        select c.site_id, max(c.to_attest) as period, count(*)::int as open
        from contacts c
        where c.to_attest is not null
          and c.site_id > ${after ?? '0'}::bigint
          and (not ${forCare}::boolean or exists (
            select
            from schedule_turns f
            where f.site_id = c.site_id and f.kind = 're-attestation' and f.last_result = 'for-care'))
        group by c.site_id
        order by c.site_id
        limit ${limit + 1}
      ) o
      join sites s on s.id = o.site_id
      left join schedule_turns t on t.site_id = o.site_id and t.kind = 're-attestation'
      order by s.id`.execute(db),
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const forCare = sql`
  select
  from schedule_turns t
  where t.last_result = 'for-care' and t.kind = 're-attestation'
    and exists (select from contacts c where c.site_id = t.site_id and c.to_attest is not null)`;

export async function countRounds(database: Database): Promise<{ readonly open: number; readonly forCare: number }> {
  const { rows } = await database.ask((db) =>
    sql<{ open: number; forCare: number }>`
      select
        ${upTo(sql`select from contacts where to_attest is not null group by site_id`)} as open,
        ${upTo(forCare)} as "forCare"`.execute(db),
  );
  return rows[0] ?? { open: 0, forCare: 0 };
}
