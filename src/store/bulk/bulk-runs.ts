/** Runs over many things, and how far each has come. */
import { type RawBuilder, sql } from 'kysely';
import { writeAudit } from '../audit.ts';
import type { Database } from '../database.ts';
import { seconds } from '../literals.ts';

export type BulkState = 'running' | 'stopped' | 'done';
export type BulkItemState = 'waiting' | 'at-work' | 'done' | 'declined' | 'failed';

export type NewBulkRun = {
  readonly act: string;
  readonly says: string;
  readonly back: string;
  readonly staff: string;
  readonly items: readonly { readonly label: string; readonly input: unknown; readonly expect?: string | null }[];
};

export type BulkRun = Omit<NewBulkRun, 'items'> & {
  readonly id: string;
  readonly state: BulkState;
  readonly stoppedBy: string | null;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly endedAt: string | null;
  readonly total: number;
  readonly done: number;
  /** Refused or failed. */
  readonly not: number;
};

export type BulkItem = {
  readonly position: number;
  readonly label: string;
  readonly input: unknown;
  readonly state: BulkItemState;
  readonly says: string | null;
  readonly changed: boolean;
};

const actorOf = (staff: string): string => `console for ${staff}`;

export async function insertBulkRun(database: Database, run: NewBulkRun): Promise<string> {
  const { act, says, back, staff, items } = run;
  return database.transaction(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into bulk_runs (act, says, back, staff, total)
      values (${act}, ${says}, ${back}, ${staff}, ${items.length})
      returning id::text as id`.execute(tx);
    const id = rows[0]?.id ?? '';
    await sql`
      insert into bulk_items (run_id, position, label, input, expect)
      select ${id}::bigint, n, i->>'label', i->'input', i->>'expect'
      from jsonb_array_elements(${JSON.stringify(items)}::jsonb) with ordinality as given (i, n)`.execute(tx);
    await writeAudit(tx, [
      {
        actor: actorOf(staff),
        action: 'bulk-run-started',
        subjectKind: 'bulk-run',
        subjectId: id,
        detail: { act, items: items.length },
      },
    ]);
    return id;
  });
}

/** False where it is not in that state any more. */
export async function turnBulkRun(
  database: Database,
  id: string,
  { to, staff }: { readonly to: 'stopped' | 'running'; readonly staff: string },
): Promise<boolean> {
  const stops = to === 'stopped';
  return database.transaction(async (tx) => {
    const { rows } = await sql`
      update bulk_runs
      set
        state = ${to},
        stopped_by = ${stops ? staff : null},
        ended_at = case when ${stops} then now() end
      where id = ${id}::bigint and state = ${stops ? 'running' : 'stopped'}
      returning id`.execute(tx);
    if (rows.length === 0) return false;
    const action = stops ? 'bulk-run-stopped' : 'bulk-run-resumed';
    await writeAudit(tx, [{ actor: actorOf(staff), action, subjectKind: 'bulk-run', subjectId: id }]);
    return true;
  });
}

const columns: RawBuilder<unknown> = sql`
  r.id::text as id,
  r.act,
  r.says,
  r.back,
  r.staff,
  r.state,
  r.stopped_by as "stoppedBy",
  to_json(r.made_at) #>> '{}' as "madeAt",
  to_json(r.ended_at) #>> '{}' as "endedAt",
  r.total,
  (select count(*)::int from bulk_items i where i.run_id = r.id and i.state = 'done') as done,
  (select count(*)::int from bulk_items i where i.run_id = r.id and i.state in ('declined', 'failed')) as not`;

export async function bulkRun(database: Database, id: string): Promise<BulkRun | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const { rows } = await database.ask((db) =>
    sql<BulkRun>`
      select ${columns}
      from bulk_runs r
      where r.id = ${id}::bigint`.execute(db),
  );
  return rows[0] ?? null;
}

/** Newest first. */
export async function latestBulkRuns(database: Database, limit: number): Promise<readonly BulkRun[]> {
  const { rows } = await database.ask((db) =>
    sql<BulkRun>`
      select ${columns}
      from bulk_runs r
      order by r.id desc
      limit ${limit}`.execute(db),
  );
  return rows;
}

export async function runningBulkRuns(database: Database): Promise<number> {
  const { rows } = await database.ask((db) =>
    sql<{ n: number }>`select count(*)::int as n from bulk_runs where state = 'running'`.execute(db),
  );
  return rows[0]?.n ?? 0;
}

/** All of them, or only those that could not be done. */
export async function bulkItems(database: Database, id: string, which: 'all' | 'missed'): Promise<readonly BulkItem[]> {
  const { rows } = await database.ask((db) =>
    sql<BulkItem>`
      select i.position, i.label, i.input, i.state, i.says, i.changed
      from bulk_items i
      where i.run_id = ${id}::bigint and (${which === 'all'} or i.state in ('declined', 'failed'))
      order by i.position`.execute(db),
  );
  return rows;
}

export type BulkClaim = Pick<BulkRun, 'id' | 'act' | 'staff'> & { readonly fence: string };

/** The one that nobody works on, for so long; null where there is none. */
export async function claimBulkRun(database: Database, claimSeconds: number): Promise<BulkClaim | null> {
  const { rows } = await database.ask((db) =>
    sql<BulkClaim>`
      update bulk_runs r
      set fence = r.fence + 1, claimed_until = now() + ${seconds(claimSeconds)}
      where r.id = (
        select o.id
        from bulk_runs o
        where o.state = 'running' and (o.claimed_until is null or o.claimed_until < now())
        order by o.claimed_until nulls first, o.id
        limit 1
        for update skip locked
      )
      returning r.id::text as id, r.act, r.staff, r.fence::text as fence`.execute(db),
  );
  return rows[0] ?? null;
}

export type ItemAtWork = {
  readonly position: number;
  readonly input: unknown;
  readonly expect: string | null;
  /** Somebody died within it: it may have been done. */
  readonly again: boolean;
};

/** Keeps the claim and takes the next item; null where the claim is lost, the run was stopped, or nothing waits. */
export async function nextBulkItem(
  database: Database,
  { id, fence }: Pick<BulkClaim, 'id' | 'fence'>,
  claimSeconds: number,
): Promise<ItemAtWork | null> {
  const { rows } = await database.ask((db) =>
    sql<ItemAtWork>`
      with kept as (
        update bulk_runs
        set claimed_until = now() + ${seconds(claimSeconds)}
        where id = ${id}::bigint and fence = ${fence}::bigint and state = 'running'
        returning id
      ), next as (
        select i.id, i.state
        from bulk_items i
        join kept on kept.id = i.run_id
        where i.state in ('waiting', 'at-work')
        order by i.position
        limit 1
      )
      update bulk_items i
      set state = 'at-work'
      from next
      where i.id = next.id
      returning i.position, i.input, i.expect, next.state = 'at-work' as again`.execute(db),
  );
  return rows[0] ?? null;
}

export async function endBulkItem(
  database: Database,
  { id }: Pick<BulkClaim, 'id'>,
  position: number,
  { state, says, changed }: Pick<BulkItem, 'state' | 'says' | 'changed'>,
): Promise<void> {
  await database.ask((db) =>
    sql`
      update bulk_items
      set state = ${state}, says = ${says}, changed = ${changed}
      where run_id = ${id}::bigint and position = ${position}`.execute(db),
  );
}

/** Nobody's any more; done where nothing waits. */
export async function leaveBulkRun(database: Database, { id, fence }: Pick<BulkClaim, 'id' | 'fence'>): Promise<void> {
  await database.ask((db) =>
    sql`
      with rest as (
        select exists (
          select from bulk_items i where i.run_id = ${id}::bigint and i.state in ('waiting', 'at-work')
        ) as waits
      )
      update bulk_runs r
      set
        claimed_until = null,
        state = case when rest.waits or r.state <> 'running' then r.state else 'done' end,
        ended_at = case when rest.waits or r.state <> 'running' then r.ended_at else now() end
      from rest
      where r.id = ${id}::bigint and r.fence = ${fence}::bigint`.execute(db),
  );
}
