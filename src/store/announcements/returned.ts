/** What stands of an address whose letters came back. */
import { sql } from 'kysely';
import type { AnnouncementRecords } from '../../acts/announcements/records.ts';
import type { Database } from '../database.ts';

type Returned = NonNullable<AnnouncementRecords['returned']>;

export async function returnedOf(database: Database, address: string): Promise<Returned> {
  const { rows } = await database.ask((db) =>
    sql<Returned>`
      select
        (
          select coalesce(json_agg(json_build_object(
            'id', c.id::text,
            'site', c.site_id::text,
            'siteNumber', s.number) order by c.id), '[]')
          from contacts c
          join sites s on s.id = c.site_id
          join contact_addresses x on x.contact_id = c.id and x.address = ${address}
          where c.doubtful_since is not null or c.unreachable_since is not null
        ) as contacts,
        (
          select coalesce(json_agg(a.id::text order by a.id), '[]')
          from announcement_recipients r
          join announcements a on a.id = r.announcement_id and a.state in ('running', 'paused')
          where r.address = ${address} and r.state = 'unreachable'
        ) as announcements,
        (
          select coalesce(json_agg(json_build_object('id', c.id::text, 'siteNumber', s.number) order by c.id), '[]')
          from contacts c
          join sites s on s.id = c.site_id
          where c.id in (
            select contact_id from subscriptions where address = ${address} and unreachable_since is not null)
        ) as subscribers`.execute(db),
  );
  return rows[0] ?? { contacts: [], announcements: [], subscribers: [] };
}
