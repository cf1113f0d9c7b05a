/** Where our people are signed in. */
import { type RawBuilder, sql } from 'kysely';
import type { SessionRecord } from '../../acts/sign-in/records.ts';
import { sessionIdleHours } from '../../staff/sign-in.ts';
import type { StaffMember } from '../../staff/staff.ts';
import type { Database } from '../database.ts';
import { hours } from '../literals.ts';

/** Of a session `s`. */
const stands: RawBuilder<unknown> = sql`(
  s.ended_at is null
  and s.ends_at > now()
  and s.seen_at > now() - ${hours(sessionIdleHours)})`;

export type FoundSession = {
  readonly id: string;
  readonly staff: string;
  /** Their row, where they were added beside postern.yaml. */
  readonly added: StaffMember | null;
};

/**
 * The session that stands and has one of these hashes. `seen` puts off its end, written once a minute at most: whatever asks by itself
 * is no sign that somebody is there.
 */
export async function findSession(
  database: Database,
  hashes: readonly Buffer[],
  seen: boolean,
): Promise<FoundSession | null> {
  const { rows } = await database.ask((db) =>
    sql<FoundSession>`
      with found as (
        select s.id, s.staff, s.seen_at
        from staff_sessions s
        where s.token_hash = any(${[...hashes]}::bytea[]) and ${stands}
      ), seen as (
        update staff_sessions s set seen_at = now()
        from found
        where ${seen} and s.id = found.id and found.seen_at < now() - interval '1 minute'
      )
      select id::text as id, staff, (select p.person from staff p where p.email = found.staff) as added
      from found`.execute(db),
  );
  return rows[0] ?? null;
}

/** Whether it still does: for what stays open and asks nothing anew. */
export async function sessionStands(database: Database, id: string): Promise<boolean> {
  const { rows } = await database.ask((db) =>
    sql`select from staff_sessions s where s.id = ${id}::bigint and ${stands}`.execute(db),
  );
  return rows.length > 0;
}

/** Those of one person that stand, as acts see them. */
export async function sessionRecords(database: Database, staff: string): Promise<readonly SessionRecord[]> {
  const { rows } = await database.ask((db) =>
    sql<SessionRecord>`
      select s.id::text as id, s.staff, s.device
      from staff_sessions s
      where s.staff = ${staff} and ${stands}
      order by s.id`.execute(db),
  );
  return rows;
}

export type ListedSession = {
  readonly id: string;
  readonly staff: string;
  readonly way: string;
  readonly device: string;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly seenAt: string;
};

/** Those that stand, who was seen last first; null: of everybody. */
export async function listSessions(database: Database, staff: string | null): Promise<readonly ListedSession[]> {
  const { rows } = await database.ask((db) =>
    sql<ListedSession>`
      select
        s.id::text as id,
        s.staff,
        s.way,
        s.device,
        to_json(s.made_at) #>> '{}' as "madeAt",
        to_json(s.seen_at) #>> '{}' as "seenAt"
      from staff_sessions s
      where (${staff}::text is null or s.staff = ${staff}) and ${stands}
      order by s.seen_at desc, s.id desc
      limit 500`.execute(db),
  );
  return rows;
}

/** When each was last there, also in a session that has ended: ISO 8601 by address. */
export async function lastSeen(database: Database): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.ask((db) =>
    sql<{ staff: string; at: string }>`
      select staff, to_json(max(seen_at)) #>> '{}' as at from staff_sessions group by staff`.execute(db),
  );
  return new Map(rows.map(({ staff, at }) => [staff, at]));
}
