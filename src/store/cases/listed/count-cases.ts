/** How many cases there are of what people look at, and what is known of them in one look. */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database.ts';
import { upTo } from '../../literals.ts';
import { atRisk, isOpen, standings } from './owed.ts';

const casesThat = (where: RawBuilder<unknown>) => upTo(sql`select from cases c where ${where}`);

export type CaseCounts = {
  readonly open: number;
  readonly mine: number;
  readonly unowned: number;
  readonly risk: number;
  readonly waiting: number;
};

export async function countCases(database: Database, mine: string): Promise<CaseCounts> {
  const { rows } = await database.ask((db) =>
    sql<CaseCounts>`
      select
        ${casesThat(isOpen)} as open,
        ${casesThat(sql`${isOpen} and c.owner = ${mine}`)} as mine,
        ${casesThat(sql`${isOpen} and c.owner is null`)} as unowned,
        ${casesThat(atRisk)} as risk,
        ${casesThat(standings.waiting)} as waiting`.execute(db),
  );
  return rows[0] as CaseCounts;
}

export async function countAtRisk(database: Database): Promise<number> {
  const { rows } = await database.ask((db) => sql<{ n: number }>`select ${casesThat(atRisk)} as n`.execute(db));
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
