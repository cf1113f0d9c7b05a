/** Deletes what is past its time, some rows at a time, and keeps count of it. */
import { sql } from 'kysely';
import type { RetentionKind } from '../../../upkeep/retention.ts';
import { writeAudit } from '../../audit.ts';
import type { Database } from '../../database.ts';
import { days } from '../../literals.ts';
import { type Sweep, sweeps } from './sweeps.ts';

const pastTime = ({ table, joins = sql``, where }: Sweep, period: string) => sql`
  from ${sql.table(table)} t
  ${joins}
  where ${where(sql`(now() - ${period}::interval)`)}`;

/** How many would go now. */
export async function countPastTime(database: Database, kind: RetentionKind, period: string): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{ count: string }>`select count(*)::text as count ${pastTime(sweeps[kind], period)}`.execute(db),
  );
  return Number(rows[0]?.count ?? 0);
}

type Standing = {
  readonly kind: RetentionKind;
  readonly nextAt: string;
  readonly lastAt: string | null;
  /** In the last look, and in all. */
  readonly lastGone: number;
  readonly gone: number;
};

/** A kind that is new here is looked at after so many days. */
export async function retentionStandings(
  database: Database,
  kinds: readonly RetentionKind[],
  firstLook: number,
): Promise<readonly (Standing & { readonly due: boolean })[]> {
  return database.ask(async (db) => {
    await sql`
      insert into retention_runs (kind, next_at)
      select k, now() + ${days(firstLook)}
      from unnest(${[...kinds]}::text[]) k
      where k not in (select kind from retention_runs)
      on conflict do nothing`.execute(db);
    const { rows } = await sql<Standing & { readonly due: boolean }>`
      select
        r.kind,
        to_json(r.next_at) #>> '{}' as "nextAt",
        to_json(r.last_at) #>> '{}' as "lastAt",
        r.last_gone::float as "lastGone",
        r.gone::float as gone,
        r.next_at <= now() as due
      from unnest(${[...kinds]}::text[]) with ordinality n(kind, place)
      join retention_runs r on r.kind = n.kind
      order by n.place`.execute(db);
    return rows;
  });
}

export type Batch = { readonly gone: number; readonly last: string | null; readonly more: boolean };

/**
 * The next rows behind `after`; null where somebody else is at this kind. Rows, audit line and count stand or fall together, so that a
 * process that dies has done a part of it or nothing. `first` begins a look, and a look that ends says when the next one is.
 */
export async function removePastTime(
  database: Database,
  kind: RetentionKind,
  given: { period: string; after: string | null; most: number; first: boolean; actor: string },
): Promise<Batch | null> {
  const { period, after, most, first, actor } = given;
  const sweep = sweeps[kind];
  const key = typeof sweep.key === 'string' ? sql.ref(`t.${sweep.key}`) : sweep.key;
  const type = sql.raw(sweep.type);
  return database.transaction(async (tx) => {
    const { rows: mine } = await sql`
      select from retention_runs where kind = ${kind} for update skip locked`.execute(tx);
    if (mine.length === 0) return null;
    await sql`select set_config('postern.upkeep', 'retention', true)`.execute(tx);
    const writes = sweep.writes ?? [
      sql`delete from ${sql.table(sweep.table)} g using due where ${sql.ref(`g.${String(sweep.key)}`)} = due.key`,
    ];
    const parts = writes.map((write, at) => sql`${sql.ref(`part_${at}`)} as (${write})`);
    const { rows } = await sql<{ key: string }>`
      with due as materialized (
        select ${key} as key
        ${pastTime(sweep, period)}
          and (${after}::${type} is null or ${key} > ${after}::${type})
        order by ${key}
        limit ${most}
        for update of t skip locked
      ), ${sql.join(parts)}
      select key::text as key from due order by due.key`.execute(tx);
    const gone = rows.length;
    const more = gone === most;
    await sql`
      update retention_runs set
        last_at = now(),
        last_gone = case when ${first} then 0 else last_gone end + ${gone},
        gone = gone + ${gone},
        next_at = case when ${more} then now() else now() + ${days(1)} end
      where kind = ${kind}`.execute(tx);
    if (gone > 0)
      await writeAudit(tx, [
        { actor, action: 'kept-no-longer', subjectKind: 'retention', subjectId: kind, detail: { rows: gone } },
      ]);
    return { gone, last: rows.at(-1)?.key ?? null, more };
  });
}
