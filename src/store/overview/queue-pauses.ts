/** Queues that a person has paused: who, when and why. The queue itself is told by whoever writes it, and again by the sweeper. */
import { sql } from 'kysely';
import type { Database, Tx } from '../database.ts';

const channelOf = (queue: string): string => `queue:${queue}`;

/** False where it was paused already; the new reason counts. */
export async function writeQueuePaused(
  database: Database,
  queue: string,
  reason: string,
  actor: string,
): Promise<boolean> {
  const { rows } = await database.ask((db) =>
    sql<{ was: boolean }>`
      with old as (
        select stopped_at is not null as stopped
        from channels
        where name = ${channelOf(queue)}
      ), stops as (
        insert into channels as c (name, stopped_at, stopped_by, stop_reason)
        values (${channelOf(queue)}, now(), ${actor}, ${reason})
        on conflict (name) do update set
          stopped_at = coalesce(c.stopped_at, excluded.stopped_at),
          stopped_by = excluded.stopped_by,
          stop_reason = excluded.stop_reason
        returning stop_reason
      ), told as (
        insert into audit (actor, action, subject_kind, subject_id, detail)
        select ${actor}, 'queue-paused', 'queue', ${queue}, jsonb_build_object('reason', stop_reason)
        from stops
      )
      select coalesce((select stopped from old), false) as was
      from stops`.execute(db),
  );
  return rows[0]?.was === false;
}

/** False where nobody had paused it. */
export async function writeQueueResumed(database: Database, queue: string, actor: string): Promise<boolean> {
  const { rows } = await database.ask((db) =>
    sql`
      with goes as (
        update channels
        set stopped_at = null, stopped_by = null, stop_reason = null
        where name = ${channelOf(queue)} and stopped_at is not null
        returning name
      ), told as (
        insert into audit (actor, action, subject_kind, subject_id)
        select ${actor}, 'queue-resumed', 'queue', ${queue}
        from goes
      )
      select name
      from goes`.execute(db),
  );
  return rows.length > 0;
}

/** Whether it is to stand, as nobody changes it before this transaction ends: whoever tells the queue tells it the last word. */
export async function lockQueuePause(tx: Tx, queue: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext(${channelOf(queue)}))`.execute(tx);
  const { rows } = await sql`
    select
    from channels
    where name = ${channelOf(queue)} and stopped_at is not null`.execute(tx);
  return rows.length > 0;
}

export async function writeQueueEmptied(database: Database, queue: string, jobs: number, actor: string): Promise<void> {
  await database.ask((db) =>
    sql`
      insert into audit (actor, action, subject_kind, subject_id, detail)
      values (${actor}, 'queue-emptied', 'queue', ${queue}, jsonb_build_object('jobs', ${jobs}::int))`.execute(db),
  );
}

export async function pausedQueues(database: Database): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ queue: string }>`
      select split_part(name, ':', 2) as queue
      from channels
      where name like 'queue:%' and stopped_at is not null`.execute(db),
  );
  return rows.map(({ queue }) => queue);
}
