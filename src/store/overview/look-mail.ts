/** Of the overview: mailboxes, mails that are not decided, letters that have not left. Every count has a limit. */
import { sql } from 'kysely';
import { type DatabaseSeen, mostCounted } from '../../upkeep/overview/look.ts';
import type { Database } from '../database.ts';
import { days } from '../literals.ts';
import { time } from '../reports/reports.ts';
import { lettersAgainByCause, mailsAgainByCause, mailsGivenUpByCause } from './causes.ts';

const limit = mostCounted + 1;

export async function lookAtMailboxes(
  database: Database,
  given: { readonly mailboxes: readonly string[]; readonly timezone: string },
): Promise<DatabaseSeen['mailboxes']> {
  const { rows } = await database.ask((db) =>
    sql<DatabaseSeen['mailboxes'][number]>`
      select
        m.name,
        ${time('m.fetched_at')} as "fetchedAt",
        ${time('coalesce(m.fetched_at, m.known_at)')} as "quietSince",
        m.state->>'problem' as problem,
        ${time("(m.state->>'at')::timestamptz")} as "problemSince",
        m.state->>'login' is not distinct from 'refused' as "loginRefused",
        coalesce(m.lease_until > now(), false) as watched,
        json_build_object(
          'seen', m.seen,
          'stored', m.stored,
          'tooLarge', m.too_large,
          'duplicates', m.duplicates,
          'gone', m.gone,
          'passedOver', m.passed_over) as ledger,
        case
          when b.mailbox is not null or m.known_at >= now() - ${days(1)} then json_build_object(
            'seen', m.seen - coalesce(b.seen, 0),
            'stored', m.stored - coalesce(b.stored, 0),
            'tooLarge', m.too_large - coalesce(b.too_large, 0),
            'duplicates', m.duplicates - coalesce(b.duplicates, 0),
            'gone', m.gone - coalesce(b.gone, 0),
            'passedOver', m.passed_over - coalesce(b.passed_over, 0))
        end as today
      from mailboxes m
      left join lateral (
        select d.*
        from mailbox_days d
        where d.mailbox = m.name and d.day < (now() at time zone ${given.timezone}::text)::date
        order by d.day desc
        limit 1
      ) b on true
      where m.name = any(${[...given.mailboxes]}::text[])
      order by m.name`.execute(db),
  );
  return rows;
}

type Waiting = Pick<DatabaseSeen, 'mails' | 'letters'>;

export async function lookAtWaiting(database: Database): Promise<Waiting> {
  const { rows } = await database.ask((db) =>
    sql<Waiting>`
      select
        json_build_object(
          'waiting', (
            select count(*) from (select from mails where state = 'new' limit ${limit}) x
          ),
          'oldest', (
            select ${time('stored_at')} from mails where state = 'new' order by id limit 1
          ),
          'again', ${mailsAgainByCause},
          'givenUp', ${mailsGivenUpByCause}) as mails,
        json_build_object(
          'waiting', (
            select count(*)
            from (select from letters where state in ('queued', 'unknown') limit ${limit}) x
          ),
          'oldest', (
            select ${time('created_at')} from letters where state = 'queued' order by id limit 1
          ),
          'again', ${lettersAgainByCause},
          'forPerson', (
            select count(*) from (select from letters where state = 'waiting' limit ${limit}) x
          ),
          'stopped', (
            select json_build_object(
              'at', ${time('stopped_at')},
              'by', stopped_by,
              'reason', coalesce(stop_reason, ''))
            from channels
            where name = 'smtp' and stopped_at is not null
          ),
          'rests', (
            select json_build_object(
              'until', ${time('paused_until')},
              'why', coalesce(reason, ''),
              'loginRefused', login_refused)
            from channels
            where name = 'smtp' and paused_until > now()
          )) as letters`.execute(db),
  );
  return rows[0] as Waiting;
}
