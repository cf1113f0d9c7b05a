import { sql } from 'kysely';
import type { Database } from '../database.ts';

type Backlog = {
  readonly oldestNewSeconds: number;
  readonly waiting: number;
  readonly dead: number;
  readonly restSeconds: number;
  readonly restReason: string | null;
  /** Since when, by whom and why a person has stopped the letters; null where they go. */
  readonly stopped: { readonly at: string; readonly by: string; readonly reason: string } | null;
  readonly held: number;
};

/** What has piled up, in one question. */
export async function backlog(database: Database): Promise<Backlog> {
  const { rows } = await database.ask((db) =>
    sql<Backlog>`
      select
        coalesce(
          (select extract(epoch from now() - min(stored_at)) from mails where state = 'new'),
          0)::float as "oldestNewSeconds",
        (select count(*) from letters where state = 'waiting')::int as waiting,
        (select count(*) from mails where state = 'dead')::int as dead,
        coalesce(
          (
            select extract(epoch from paused_until - now())
            from channels
            where name = 'smtp' and paused_until > now()
          ),
          0)::float as "restSeconds",
        (
          select reason from channels where name = 'smtp' and paused_until > now()
        ) as "restReason",
        (
          select jsonb_build_object('at', to_json(stopped_at), 'by', stopped_by, 'reason', stop_reason)
          from channels
          where name = 'smtp' and stopped_at is not null
        ) as stopped,
        (
          select count(*)
          from letters
          where state in ('queued', 'unknown') and state_code is not null
        )::int as held`.execute(db),
  );
  return rows[0] as Backlog;
}
