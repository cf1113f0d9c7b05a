/** How it is written which letters about the end of full support are planned. */
import { sql } from 'kysely';
import type { SupportEndsPlanned } from '../../../changes/announcements/support-ends.ts';
import { actorOf } from '../../../changes/by.ts';
import { Failure } from '../../../foundation/failure.ts';
import type { Tx } from '../../database.ts';

/** What went out once, or was cancelled by a person, is never planned again. */
export async function writeSupportEndsPlanned(tx: Tx, { planned, dropped, by }: SupportEndsPlanned): Promise<void> {
  const { rows: running } = await sql`
    select from schedules where kind = 'end-of-support' and running for share`.execute(tx);
  const { rows: made } = await sql`
    insert into announcements as a (name, kind, state, content, due_at, by)
    select x.name, x.content->>'kind', 'ready', x.content, x."dueAt", ${actorOf(by)}
    from jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) as x(name text, content jsonb, "dueAt" timestamptz)
    on conflict (name) do update set
      state = 'ready',
      due_at = excluded.due_at,
      dropped = null,
      ended_at = null
    where a.started_at is null and (a.state = 'ready' or a.dropped is not null)
    returning id`.execute(tx);
  const { rows: left } = await sql`
    update announcements a
    set state = 'cancelled', dropped = x.why, ended_at = now()
    from jsonb_to_recordset(${JSON.stringify(dropped)}::jsonb) as x(announcement bigint, why text)
    where a.id = x.announcement and a.state = 'ready'
    returning a.id`.execute(tx);
  if (running.length === 0 || made.length < planned.length || left.length < dropped.length)
    throw new Failure('facts-stale', 'letters about the end of full support have moved on meanwhile');
}
