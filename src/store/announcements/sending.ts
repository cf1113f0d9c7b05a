/** Whom an announcement goes to next, and how it has gone until now. */
import { sql } from 'kysely';
import type { NextRecipient, SendingRecord } from '../../acts/announcements/records.ts';
import { bouncesTooOften } from '../../notices/announcement.ts';
import type { NoticesPolicy } from '../../notices/policy.ts';
import { saidOf } from '../contacts/subscriptions.ts';
import type { Database } from '../database.ts';
import { contactJson } from '../intake/facts/registry.ts';

/** So many letters of one announcement wait to go out at most: a pause is felt at once. */
const mostWaiting = 500;
const writtenAtOnce = 100;

/** A contact `c`, with what counts for letters that go to many. */
export const readerJson = sql`
  (${contactJson})::jsonb || jsonb_strip_nulls(jsonb_build_object(
    'subscriptions', ${saidOf},
    'unreachable', case when c.unreachable_since is not null then true end))`;

const person = sql`
  select ${readerJson}
  from contacts c
  where c.id = r.contact_id`;

const others = sql`
  select coalesce(json_agg(${readerJson} order by c.id), '[]')
  from contacts c
  where c.id is distinct from r.contact_id
    and c.id in (
      select contact_id from contact_addresses where address = r.address
      union all
      select contact_id from subscriptions where address = r.address)`;

/** `mayTurn`: nobody is left to be written to, or so many came back that it pauses: then it is counted how far it is. */
export async function sendingOf(
  database: Database,
  id: string,
  policy: Partial<Pick<NoticesPolicy, 'announcements'>>,
): Promise<SendingRecord & { readonly mayTurn: boolean }> {
  const { rows } = await database.ask((db) =>
    sql<{ bounced: number; waiting: number; next: NextRecipient[] }>`
      select
        (
          select count(*) filter (where x.back)::int
          from (
            select l.state in ('bounced', 'failed') as back
            from announcement_recipients r
            join letters l on l.id = r.letter_id
            where r.announcement_id = a.id
              and r.at > a.resumed_at
              and l.state in ('sent', 'bounced', 'failed')
            order by r.letter_id desc
            limit ${policy.announcements?.pauseOf ?? 200}
          ) x
        ) as bounced,
        (
          select count(*)::int
          from (
            select
            from announcement_recipients r
            join letters l on l.id = r.letter_id
            where r.announcement_id = a.id and l.state in ('queued', 'unknown')
            limit ${mostWaiting}
          ) x
        ) as waiting,
        (
          select coalesce(json_agg(n.one order by n.address), '[]')
          from (
            select r.address, json_build_object(
              'address', r.address,
              'language', r.language,
              'cases', (
                select coalesce(json_agg(json_build_object('number', k.number, 'title', k.title) order by k.id), '[]')
                from cases k
                where k.number = any(r.cases)
              ),
              'person', (${person}),
              'others', (${others})) as one
            from announcement_recipients r
            where r.announcement_id = a.id and r.state = 'open'
            order by r.address
            limit ${writtenAtOnce}
          ) n
        ) as next
      from announcements a
      where a.id = ${id}::bigint`.execute(db),
  );
  const [row] = rows;
  if (!row) return { bounced: 0, next: [], mayTurn: true };
  const { bounced, waiting, next } = row;
  const limits = policy.announcements;
  const mayTurn = next.length === 0 || limits === undefined || bouncesTooOften({ bounced }, limits);
  return { bounced, mayTurn, next: next.slice(0, mostWaiting - waiting) };
}
