/** Sending as a whole: it is paused while the server refuses service, and stopped when a person says so (MAIL.md §4). */
import { type RawBuilder, sql } from 'kysely';
import type { SendingState } from '../../outbound/sending-words.ts';
import type { Database } from '../database.ts';
import { time } from '../reports/reports.ts';

/**
 * For `seconds` no letter is tried; nothing is written where the pause is longer already, or where the caller has lost the claim of
 * the letter it failed with: a worker that was suspended comes back with dead connections and outdated results.
 */
export async function restSending(
  database: Database,
  seconds: number,
  reason: string,
  found?: {
    readonly letter: string;
    readonly fence: string;
    readonly worker: string;
    readonly loginRefused?: boolean;
  },
): Promise<void> {
  const ours = found
    ? sql`
      exists (
        select
        from letters l
        where l.id = ${found.letter} and l.fence = ${found.fence} and l.claimed_by = ${found.worker}
      )`
    : sql`true`;
  await database.ask((db) =>
    sql`
      with rests as (
        insert into channels as c (name, paused_until, reason, rested_at, login_refused)
        select
          'smtp',
          now() + make_interval(secs => ${seconds}::double precision),
          ${reason.slice(0, 700)}::text,
          now(),
          ${found?.loginRefused === true}
        where ${ours}
        on conflict (name) do update set
          paused_until = excluded.paused_until,
          reason = excluded.reason,
          rested_at = excluded.rested_at,
          login_refused = excluded.login_refused
        where c.paused_until is null or c.paused_until < excluded.paused_until - interval '1 second'
        returning reason
      )
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select
        'outbound',
        'channel-rests',
        'channel',
        'smtp',
        jsonb_build_object('reason', reason)
      from rests`.execute(db),
  );
}

/** No letter is tried until `resumeLetters`. False where they were stopped already; the new reason counts. */
export async function stopLetters(database: Database, reason: string, actor: string): Promise<boolean> {
  const { rows } = await database.ask((db) =>
    sql<{ was: boolean }>`
      with old as (
        select stopped_at is not null as stopped from channels where name = 'smtp'
      ), stops as (
        insert into channels as c (name, stopped_at, stopped_by, stop_reason)
        values ('smtp', now(), ${actor}, ${reason.slice(0, 300)})
        on conflict (name) do update set stopped_at = coalesce(
          c.stopped_at,
          excluded.stopped_at), stopped_by = excluded.stopped_by, stop_reason = excluded.stop_reason
        returning stop_reason
      ), told as (
        insert into audit (actor, action, subject_kind, subject_id, detail)
        select
          ${actor},
          'letters-paused',
          'channel',
          'smtp',
          jsonb_build_object('reason', stop_reason)
        from stops
      )
      select coalesce((select stopped from old), false) as was
      from stops`.execute(db),
  );
  return rows[0]?.was === false;
}

/** Letters are sent again, also where sending was paused. False where nobody had stopped them. */
export async function resumeLetters(database: Database, actor: string): Promise<boolean> {
  const { rows } = await database.ask((db) =>
    sql<{ name: string }>`
      with goes as (
        update channels
        set stopped_at = null, stopped_by = null, stop_reason = null, paused_until = null, reason = null
        where name = 'smtp' and stopped_at is not null
        returning name
      ), told as (
        insert into audit (actor, action, subject_kind, subject_id)
        select ${actor}, 'letters-resumed', 'channel', name
        from goes
      )
      select name
      from goes`.execute(db),
  );
  return rows.length > 0;
}

const stoppedOf = (channel: 'c' | 'q'): RawBuilder<SendingState['stopped']> => {
  const of = (column: string) => sql.ref(`${channel}.${column}`);
  return sql`case when ${of('stopped_at')} is null then null else jsonb_build_object(
    'at', ${time(`${channel}.stopped_at`)},
    'by', ${of('stopped_by')},
    'reason', coalesce(${of('stop_reason')}, '')) end`;
};

/** Whether letters go, and what waits. Only what is not sent is counted: it has an index of its own. */
export async function sendingState(database: Database): Promise<SendingState> {
  const { rows } = await database.ask((db) =>
    sql<SendingState>`
      select
        ${stoppedOf('c')} as stopped,
        ${stoppedOf('q')} as "queueStopped",
        greatest(extract(epoch from c.paused_until - now()), 0)::float as "restSeconds",
        c.reason as "restReason",
        n.*
      from (
        select
          count(*) filter (where state in ('queued', 'unknown'))::int as queued,
          count(*) filter (where state in ('queued', 'unknown') and state_code is not null)::int as held,
          count(*) filter (where state = 'waiting')::int as waiting
        from letters
        where state in ('queued', 'unknown', 'waiting')
      ) n
      left join channels c on c.name = 'smtp'
      left join channels q on q.name = 'queue:outbound'`.execute(db),
  );
  const [row] = rows;
  if (!row) throw new Error('PostgreSQL counts nothing');
  return { ...row, restSeconds: row.restSeconds ?? 0 };
}
