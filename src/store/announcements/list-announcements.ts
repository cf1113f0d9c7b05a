/** Announcements as they stand: what was written, and what became of the letters. */
import { sql } from 'kysely';
import type { AnnouncementState } from '../../notices/announcement.ts';
import type { Database } from '../database.ts';
import { mostWaiting, someOpen, waitingOf } from './waiting.ts';

export type ListedAnnouncement = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly subject: string;
  readonly state: AnnouncementState;
  readonly pausedByItself: boolean;
  readonly writtenAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** It goes out by itself then, where the clock has planned it. */
  readonly dueAt: string | null;
  /** Why the clock has left it out; null: it has not. */
  readonly dropped: string | null;
  readonly by: string;
  /** False while sites are still looked through for recipients. */
  readonly gathered: boolean;
  readonly recipients: Readonly<Record<'open' | 'written' | 'unreachable' | 'ended' | 'gone', number>>;
  /** Of those that were written, by what became of them. */
  readonly letters: Readonly<Record<string, number>>;
};

/** Newest first. */
export async function listAnnouncements(database: Database, most = 200): Promise<ListedAnnouncement[]> {
  const { rows } = await database.ask((db) =>
    sql<ListedAnnouncement>`
      select
        a.id::text,
        a.name,
        a.kind,
        a.content #>> '{texts,0,subject}' as subject,
        a.state,
        a.paused_by_itself as "pausedByItself",
        to_json(a.written_at) #>> '{}' as "writtenAt",
        to_json(a.started_at) #>> '{}' as "startedAt",
        to_json(a.ended_at) #>> '{}' as "endedAt",
        to_json(a.due_at) #>> '{}' as "dueAt",
        a.dropped,
        a.by,
        a.gathered_to is null as gathered,
        (
          select json_build_object(
            'open', count(*) filter (where r.state = 'open'),
            'written', count(*) filter (where r.state = 'written'),
            'unreachable', count(*) filter (where r.state = 'unreachable'),
            'ended', count(*) filter (where r.state = 'ended'),
            'gone', count(*) filter (where r.state = 'gone'))
          from announcement_recipients r
          where r.announcement_id = a.id
        ) as recipients,
        (
          select coalesce(json_object_agg(x.state, x.count), '{}')
          from (
            select l.state, count(*)::int as count
            from announcement_recipients r
            join letters l on l.id = r.letter_id
            where r.announcement_id = a.id
            group by l.state
          ) x
        ) as letters
      from announcements a
      order by a.id desc
      limit ${most}`.execute(db),
  );
  return rows;
}

export type RunningAnnouncement = {
  readonly id: string;
  /** All sites have been looked through. */
  readonly gathered: boolean;
  /** Somebody is still to be written to. */
  readonly open: boolean;
  /** So many letters more may wait to go out. */
  readonly room: number;
};

/** Those that are under way, the oldest first. */
export async function runningAnnouncements(database: Database): Promise<RunningAnnouncement[]> {
  const { rows } = await database.ask((db) =>
    sql<RunningAnnouncement>`
      select
        a.id::text,
        a.gathered_to is null as gathered,
        ${someOpen} as open,
        ${mostWaiting} - ${waitingOf} as room
      from announcements a
      where a.state = 'running'
      order by a.id`.execute(db),
  );
  return rows;
}
