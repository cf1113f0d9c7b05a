/** Everybody on record at a site, as acts on them see them (POLICY §8.8). */
import { sql } from 'kysely';
import type { PeopleNeeds, PeopleRecord, PeopleRecords, Person } from '../../acts/contacts/records.ts';
import { contactId, siteId, siteNumber } from '../../foundation/ids.ts';
import type { Database, Db, Tx } from '../database.ts';
import { contactJson } from '../intake/facts/registry.ts';
import { hours } from '../literals.ts';
import { siteFields } from '../registry/registry.ts';
import { saidOf } from './subscriptions.ts';

type Row = { readonly record: PeopleRecord };

const lastSeen = sql`(
  select max(m.at)
  from contact_addresses a
  cross join lateral (
    select arrived_at as at from mails where from_address = a.address order by arrived_at desc limit 1
  ) m
  where a.contact_id = c.id)`;

/** By their numbers; `seen`: with the last mail of each. */
export async function peopleOf(db: Db | Tx, sites: readonly string[], seen: boolean): Promise<PeopleRecord[]> {
  const added = sql`
    select count(*)::int
    from audit a
    where a.action = 'contact-added' and a.detail->>'site' = s.number and a.actor like 'mail:%'`;
  const { rows } = await sql<Row>`
    select json_build_object(
      'site', json_strip_nulls(json_build_object('id', s.id::text, ${siteFields})),
      'version', s.people_version,
      'confirmedAt', s.contacts_confirmed_at,
      'people', (
        select coalesce(json_agg((${contactJson})::jsonb || jsonb_strip_nulls(jsonb_build_object(
          'hours', c.hours,
          'street', c.street,
          'city', c.city,
          'state', c.state,
          'postalCode', c.postal_code,
          'until', c.until,
          'verifiedAt', c.verified_at,
          'unreachable', case when c.unreachable_since is not null then true end,
          'doubtful', case when c.doubtful_since is not null then true end,
          'toAttest', c.to_attest,
          'subscriptions', ${saidOf},
          'lastSeen', ${seen ? lastSeen : sql`null::timestamptz`})) order by c.position, c.id), '[]')
        from contacts c
        where c.site_id = s.id
      ),
      'addedByMail', json_build_object(
        'hour', (${added} and a.at > now() - ${hours(1)}),
        'day', (${added} and a.at > now() - ${hours(24)}))) as record
    from sites s
    where s.number = any(${[...sites]}::text[])
    order by s.number`.execute(db);
  return rows.map(({ record }) => ({
    ...record,
    site: { ...record.site, id: siteId(record.site.id), number: siteNumber(record.site.number) },
    people: record.people.map((one: Person) => ({ ...one, id: contactId(one.id), siteId: siteId(one.siteId) })),
  }));
}

export async function peopleRecords(database: Database, { people: asked }: PeopleNeeds): Promise<PeopleRecords> {
  if (!asked) return {};
  const [record] = await database.ask((db) => peopleOf(db, [asked.site], asked.seen === true));
  return { people: record ?? null };
}
