import { sql } from 'kysely';
import type { Database } from '../database.ts';

type CaseTableRow = {
  readonly number: string;
  readonly site: string;
  readonly title: string;
  readonly severity: number;
  readonly kind: string;
  readonly status: string;
  readonly openedAt: string;
  readonly due: string | null;
  readonly owner: string | null;
  readonly product: string | null;
};
const columns = sql`
  c.number,
  s.number as site,
  c.title,
  c.severity,
  c.kind,
  c.status,
  to_json(c.opened_at) #>> '{}' as "openedAt",
  to_json(c.due) #>> '{}' as due,
  c.owner,
  c.product`;

/** The newest 200. */
export async function caseTable(database: Database, by: { site?: string; status?: string }): Promise<CaseTableRow[]> {
  const { rows } = await database.ask((db) =>
    sql<CaseTableRow>`
      select ${columns}
      from cases c
      join sites s on s.id = c.site_id
      where (${by.site ?? null}::text is null or s.number = ${by.site ?? null})
        and (${by.status ?? null}::text is null or c.status = ${by.status ?? null})
      order by c.id desc
      limit 200`.execute(db),
  );
  return rows;
}

export async function siteThere(database: Database, number: string): Promise<boolean> {
  const { rows } = await database.ask((db) => sql`select from sites where number = ${number}`.execute(db));
  return rows.length > 0;
}
