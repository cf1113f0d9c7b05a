/** How many cases there are of what people look at, and what is known of them in one look. */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database.ts';
import { countedTo } from './list-cases.ts';
import { isOpen, owed, standings } from './owed.ts';

const upTo = (where: RawBuilder<unknown>) =>
  sql`(select count(*)::int from (select from cases c where ${where} limit ${sql.lit(countedTo + 1)}) n)`;

const atRisk = (hours: number) =>
  sql`${isOpen} and c.severity in (1, 2, 3, 4) and ${owed} < now() + make_interval(hours => ${hours}) and c.clock_runs`;

export type CaseCounts = {
  readonly open: number;
  readonly mine: number;
  readonly unowned: number;
  readonly risk: number;
  readonly waiting: number;
};

export async function countCases(
  database: Database,
  { mine, riskHours }: { readonly mine: string; readonly riskHours: number },
): Promise<CaseCounts> {
  const { rows } = await database.ask((db) =>
    sql<CaseCounts>`
      select
        ${upTo(isOpen)} as open,
        ${upTo(sql`${isOpen} and c.owner = ${mine}`)} as mine,
        ${upTo(sql`${isOpen} and c.owner is null`)} as unowned,
        ${upTo(atRisk(riskHours))} as risk,
        ${upTo(standings.waiting)} as waiting`.execute(db),
  );
  return rows[0] as CaseCounts;
}

export async function countAtRisk(database: Database, riskHours: number): Promise<number> {
  const { rows } = await database.ask((db) => sql<{ n: number }>`select ${upTo(atRisk(riskHours))} as n`.execute(db));
  return rows[0]?.n ?? 0;
}

/** The number of the last that was opened; null: none was. */
export async function newestCase(database: Database): Promise<string | null> {
  const { rows } = await database.ask((db) =>
    sql<{ number: string }>`select number from cases order by id desc limit 1`.execute(db),
  );
  return rows[0]?.number ?? null;
}

/** So many sites are meant by a part of a name. */
const mostSites = 200;

/** The ids of sites with this number, or this part in their names. */
export async function sitesMeant(
  database: Database,
  { number, part }: { readonly number?: string; readonly part?: string },
): Promise<readonly string[]> {
  const where = number !== undefined ? sql`number = ${number}` : sql`strpos(lower(name), lower(${part ?? ''})) > 0`;
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`select id::text from sites where ${where} order by id limit ${mostSites}`.execute(db),
  );
  return rows.map(({ id }) => id);
}

export async function isCase(database: Database, number: string): Promise<boolean> {
  const { rows } = await database.ask((db) => sql`select from cases where number = ${number}`.execute(db));
  return rows.length > 0;
}
