/** Whom an announcement goes to next, and how it has gone until now. */
import { sql } from 'kysely';
import type { SendingRecord } from '../../acts/announcements/records.ts';
import { bouncesTooOften } from '../../notices/announcement.ts';
import type { NoticesPolicy } from '../../notices/policy.ts';
import { saidOf } from '../contacts/subscriptions.ts';
import type { Database } from '../database.ts';
import { contactJson } from '../intake/facts/registry.ts';
import { mostWaiting, someOpen, waitingOf } from './waiting.ts';

const writtenAtOnce = 100;

/** A contact `c`, with what counts for letters that go to many. */
export const readerJson = sql`
  (${contactJson})::jsonb || jsonb_strip_nulls(jsonb_build_object(
    'subscriptions', ${saidOf},
    'unreachable', case when c.unreachable_since is not null then true end,
    'doubtful', case when c.doubtful_since is not null then true end))`;

const person = sql`
  select ${readerJson}
  from contacts c
  where c.id = r.contact_id`;

/** By their ids, one after the other: a server that knows little of the tables would look at every contact there is. */
const others = sql`
  select coalesce(json_agg(${readerJson} order by c.id), '[]')
  from (
    select contact_id from contact_addresses where address = r.address
    union
    select contact_id from subscriptions where address = r.address
  ) o
  cross join lateral (select * from contacts where id = o.contact_id limit 1) c
  where c.id is distinct from r.contact_id`;

/** `mayTurn`: nobody is left to be written to, or so many came back that it pauses: then it is counted how far it is. */
export async function sendingOf(
  database: Database,
  id: string,
  policy: Partial<Pick<NoticesPolicy, 'announcements'>>,
): Promise<SendingRecord & { readonly mayTurn: boolean }> {
  const { rows } = await database.ask((db) =>
    sql<SendingRecord>`
      select
        (
          select count(*) filter (where x.back)::int
          from (
            select l.state in ('bounced', 'failed') as back
            from (
              select r.letter_id, r.at
              from announcement_recipients r
              where r.announcement_id = a.id
              order by r.letter_id desc nulls last
              limit ${policy.announcements?.pauseOf ?? 200} + 2 * ${mostWaiting}
            ) r
            cross join lateral (
              select l.state
              from letters l
              where l.id = r.letter_id and l.state in ('sent', 'bounced', 'failed')
              limit 1
            ) l
            where r.at > a.resumed_at
            order by r.letter_id desc
            limit ${policy.announcements?.pauseOf ?? 200}
          ) x
        ) as bounced,
        ${someOpen} as open,
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
            limit least(${writtenAtOnce}, w.room)
          ) n
        ) as next
      from announcements a
      cross join lateral (select ${mostWaiting} - ${waitingOf} as room) w
      where a.id = ${id}::bigint`.execute(db),
  );
  const sending = rows[0] ?? { bounced: 0, open: false, next: [] };
  const limits = policy.announcements;
  return { ...sending, mayTurn: !sending.open || limits === undefined || bouncesTooOften(sending, limits) };
}
