/**
 * How far something was counted along the audit, which has one row for each thing that was done, in the order of its ids, and only grows. A
 * row with a lower id may be committed after one with a higher id: what was seen at one tick is counted at a later one, once every
 * transaction of then has ended.
 */
import { sql } from 'kysely';
import type { Tx } from '../database.ts';

export type MarkTable = 'traffic_mark' | 'report_mark';
/** Rows behind `counted`, up to `upTo`, are to be counted; the same where there are none yet. */
export type Mark = { readonly counted: string; readonly upTo: string };

/** A transaction that lasts longer is not waited for: what it writes may be missing in the figures. */
const patienceMinutes = 5;

/** Null where another process counts just now. `begins`: the row behind which the first count begins. */
export async function takeMark(
  tx: Tx,
  table: MarkTable,
  { most, begins }: { readonly most: number; readonly begins: (tx: Tx) => Promise<string> },
): Promise<Mark | null> {
  const { rows: free } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtext(${table})) as free`.execute(tx);
  if (!free[0]?.free) return null;
  const { rows } = await sql<Mark & { complete: boolean }>`
    select
      counted_id::text as counted,
      least(seen_id, counted_id + ${most})::text as "upTo",
      seen_xid <= pg_snapshot_xmin(pg_current_snapshot())
        or seen_at < now() - make_interval(mins => ${patienceMinutes}) as complete
    from ${sql.table(table)}`.execute(tx);
  const [mark] = rows;
  if (mark) return mark.complete ? mark : { counted: mark.counted, upTo: mark.counted };
  const first = await begins(tx);
  await sql`
    insert into ${sql.table(table)} (counted_id, seen_id, seen_xid)
    values (${first}::bigint, ${first}::bigint, pg_snapshot_xmax(pg_current_snapshot()))`.execute(tx);
  return { counted: first, upTo: first };
}

/** What stands now is complete once every transaction of now has ended: it is counted with a later tick. */
export async function moveMark(tx: Tx, table: MarkTable, { upTo }: Mark): Promise<void> {
  await sql`
    update ${sql.table(table)}
    set
      counted_id = ${upTo}::bigint,
      seen_id = case when seen_id > ${upTo}::bigint then seen_id else now_at.id end,
      seen_xid = case
        when seen_id > ${upTo}::bigint then seen_xid
        else pg_snapshot_xmax(pg_current_snapshot())
      end,
      seen_at = case when seen_id > ${upTo}::bigint then seen_at else now() end
    from (select coalesce(max(id), 0) as id from audit) now_at
    where counted_id < ${upTo}::bigint
      or (seen_id <= ${upTo}::bigint and now_at.id > seen_id)`.execute(tx);
}
