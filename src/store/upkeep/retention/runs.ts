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

export type Batch = { readonly gone: number; readonly more: boolean };

/** Rows that a batch looks at, whatever of them goes: it takes as long in a large table as in a small one. */
const lookedAtOnce = 10_000;

type Looked = {
  readonly gone: number;
  readonly lastGone: string | null;
  readonly seen: number;
  readonly lastSeen: string | null;
};

/**
 * The next rows of the look that is under way; null where somebody else is at this kind. Rows, audit line, count and place stand or fall
 * together, so that a process that dies has done a part of it or nothing, and the next tick goes on from there. `anew` begins at the
 * first row, and a look that ends says when the next one is.
 */
export async function removePastTime(
  database: Database,
  kind: RetentionKind,
  given: { period: string; most: number; anew: boolean; actor: string; looked?: number },
): Promise<Batch | null> {
  const { period, most, anew, actor, looked = lookedAtOnce } = given;
  const sweep = sweeps[kind];
  const key = sql.ref(`t.${sweep.key}`);
  const type = sql.raw(sweep.type);
  return database.transaction(async (tx) => {
    const { rows: mine } = await sql<{ after: string | null }>`
      select after_key as after from retention_runs where kind = ${kind} for update skip locked`.execute(tx);
    const [run] = mine;
    if (!run) return null;
    const after = anew ? null : run.after;
    await sql`select set_config('postern.upkeep', 'retention', true)`.execute(tx);
    const writes = sweep.writes ?? [
      sql`delete from ${sql.table(sweep.table)} g using due where ${sql.ref(`g.${sweep.key}`)} = due.key`,
    ];
    const parts = writes.map((write, at) => sql`${sql.ref(`part_${at}`)} as (${write})`);
    // With `or` in it a plan that is kept would begin at the first row each time.
    const behind = after === null ? sql`true` : sql`${key} > ${after}::${type}`;
    const { rows } = await sql<Looked>`
      with looked as materialized (
        select max(n.key) as key, count(*)::int as seen
        from (
          select ${key} as key
          from ${sql.table(sweep.table)} t
          where ${behind}
          order by ${key}
          limit ${looked}
        ) n
      ), due as materialized (
        select ${key} as key
        ${pastTime(sweep, period)}
          and ${behind}
          and ${key} <= (select l.key from looked l)
        order by ${key}
        limit ${most}
        for update of t skip locked
      ), ${sql.join(parts)}
      select
        (select count(*)::int from due) as gone,
        (select max(key)::text from due) as "lastGone",
        seen,
        key::text as "lastSeen"
      from looked`.execute(tx);
    const [{ gone, lastGone, seen, lastSeen }] = rows as [Looked];
    const full = gone === most;
    const more = full || seen === looked;
    const place = full ? lastGone : lastSeen;
    await sql`
      update retention_runs set
        last_at = now(),
        last_gone = case when ${after}::text is null then 0 else last_gone end + ${gone},
        gone = gone + ${gone},
        after_key = ${more ? place : null}::text,
        next_at = case when ${more} then now() else now() + ${days(1)} end
      where kind = ${kind}`.execute(tx);
    if (gone > 0)
      await writeAudit(tx, [
        { actor, action: 'kept-no-longer', subjectKind: 'retention', subjectId: kind, detail: { rows: gone } },
      ]);
    return { gone, more };
  });
}
