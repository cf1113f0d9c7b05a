/** All that is held of a person (POLICY §11.5), as the act that erases them sees it. */
import { type RawBuilder, sql } from 'kysely';
import type { ErasureRecord } from '../../acts/contacts/records.ts';
import { requestsOf } from '../access/requests.ts';
import type { Database, Db } from '../database.ts';
import { held } from '../literals.ts';
import { peopleOf } from './people.ts';

type Found = Pick<
  ErasureRecord,
  'addresses' | 'wide' | 'names' | 'held' | 'mails' | 'letters' | 'mentions' | 'openCases' | 'ours'
> & {
  readonly sites: readonly string[];
};

/**
 * Names that somebody gave in many requests are found in the first ones. What they called themselves in mails is no name to look for:
 * anybody may write under that of somebody else.
 */
const mostNames = 20;

/** Without its plus part. */
const folded = (address: RawBuilder<unknown>) => sql`regexp_replace(${address}, '[+][^@]*@', '@')`;

async function found(db: Db, address: string): Promise<Found> {
  const { rows } = await sql<Found>`
    with persons as (
      select distinct c.id, c.name, c.site_id
      from contact_addresses a
      join contacts c on c.id = a.contact_id
      where a.address = ${address}
    ), theirs as (
      select ${address}::text as address
      union
      select a.address::text from contact_addresses a join persons p on p.id = a.contact_id
      union
      select a.address from subscriptions a join persons p on p.id = a.contact_id
    ), named as (
      select name from persons
      union
      select *
      from (
        select distinct name from access_requests where address in (select address from theirs) limit ${mostNames}
      ) said
    ), folded as (
      select distinct ${folded(sql`o.address`)} as address
      from (
        select address::text, contact_id from contact_addresses
        union all
        select address, contact_id from subscriptions
      ) o
      where o.address <> ${folded(sql`o.address`)} and o.contact_id not in (select id from persons)
    )
    select
      array(select address::text from theirs order by address <> ${address}, address) as addresses,
      array(select address from theirs where address not in (select address from folded) order by address) as wide,
      array(select distinct name from named where name <> '' order by name) as names,
      array(select s.number from sites s where s.id in (select site_id from persons) order by s.number) as sites,
      coalesce(
        (
          select json_agg(json_build_object('id', m.id::text, 'was', m.outcome) order by m.id)
          from mails m
          where m.from_address in (select address from theirs) and m.outcome ${held} and m.state || '' = 'decided'
        ),
        '[]') as held,
      (
        select count(*)::int
        from mails m
        where m.from_address in (select address from theirs) and m.emptied_at is null
      ) as mails,
      (
        select count(*)::int
        from letters l
        where l.to_address in (select address from theirs) and l.emptied_at is null
      ) as letters,
      (
        (select count(*) from case_participants where address in (select address from theirs))
        + (select count(*) from sender_questions where address in (select address from theirs))
        + (select count(*) from cases where contact_address in (select address from theirs))
      )::int as mentions,
      coalesce(
        (
          select json_agg(json_build_object('site', s.number, 'number', c.number) order by c.id)
          from persons p
          join cases c on c.contact_id = p.id and c.status = 'open'
          join sites s on s.id = c.site_id
        ),
        '[]') as "openCases",
      exists (select from staff where email in (select address from theirs)) as ours`.execute(db);
  return rows[0] as Found;
}

export async function erasureRecord(database: Database, address: string): Promise<ErasureRecord> {
  return database.ask(async (db) => {
    const { sites, ...record } = await found(db, address);
    const at = sites.length > 0 ? await peopleOf(db, sites, false) : [];
    const requests = await Promise.all(record.addresses.map((one) => requestsOf(db, one)));
    return { address, ...record, at, requests: requests.flat() };
  });
}
