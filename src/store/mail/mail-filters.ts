/**
 * Filters of a list of mails as SQL over a mail `m`. One of them leads through an index (`way`); what is left is looked at mail by mail,
 * for no index over subjects is kept: each mail that comes in would pay for it (docs/decisions/0069).
 */
import { type RawBuilder, sql } from 'kysely';
import { lettersOf } from '../../cases/search-words.ts';
import type { MailFilter } from '../../intake/search/mail-search.ts';
import { held } from '../literals.ts';

/** How mails are gone through: by id, which grows as they come in, or by when they arrived, as the mails of one sender lie in their index. */
export type Order = 'id' | 'arrived';

/** The mails beside one, in that direction, and how many are gone through. */
type Through = { readonly before: RawBuilder<unknown>; readonly way: RawBuilder<unknown>; readonly most: number };
type Way = { readonly filter: MailFilter; readonly order: Order; readonly where: RawBuilder<unknown> };

/** The most telling first. */
const ways = ['mail', 'message-id', 'case', 'from', 'site', 'held', 'state', 'outcome'] as const;

const caseOf = (number: string) => sql`(select id from cases where number = ${number})`;
const siteOf = (number: string) => sql`(select id from sites where number = ${number})`;

/** On a case of the site, or from an address on record there; the newest of them, no more than are gone through at once. */
const ofSite = (number: string, { before, way, most }: Through) => sql`
  m.id in (
    select id
    from (
      select m.id
      from cases c
      join mails m on m.case_id = c.id
      where c.site_id = ${siteOf(number)} and ${before}
      union
      select m.id
      from contact_addresses a
      join mails m on m.from_address = a.address
      where a.site_id = ${siteOf(number)} and ${before}
    ) of_site
    order by id ${way}
    limit ${most}
  )`;

function wayBy(filter: MailFilter, through: Through): Way | null {
  const by = (where: RawBuilder<unknown>, order: Order = 'id'): Way => ({ filter, where, order });
  switch (filter.kind) {
    case 'mail':
      return by(sql`m.id = ${filter.id}::bigint`);
    case 'message-id':
      return by(sql`m.message_id = ${filter.messageId}`);
    case 'case':
      return by(sql`m.case_id = ${caseOf(filter.number)}`);
    case 'from':
      return by(sql`m.from_address = ${filter.address}`, 'arrived');
    case 'site':
      return by(ofSite(filter.number, through));
    case 'held':
      return by(sql`m.outcome ${held}`);
    // Nearly all are decided, and an index holds the rest.
    case 'state':
      return filter.state === 'decided' ? null : by(sql`m.state = ${sql.lit(filter.state)}`);
    case 'outcome':
      return by(sql`m.outcome = ${filter.outcome}`);
    default:
      return null;
  }
}

/** Of two that could lead, the more telling one does. */
export function wayThrough(filters: readonly MailFilter[], through: Through): Way | null {
  for (const kind of ways) {
    const filter = filters.find((one) => one.kind === kind);
    const way = filter ? wayBy(filter, through) : null;
    if (way) return way;
  }
  return null;
}

const holds = (text: RawBuilder<unknown>, words: string): RawBuilder<unknown> =>
  sql.join(
    lettersOf(words).map((form) => sql`strpos(lower(${text}), ${form}) > 0`),
    sql` or `,
  );

/** Looked at in a mail at hand. */
export function conditionOf(filter: MailFilter): RawBuilder<unknown> {
  switch (filter.kind) {
    case 'from-part':
      return sql`strpos(m.from_address, ${filter.part}) > 0`;
    case 'to':
      return sql`
        exists (
          select
          from unnest(case when m.to_addresses = '{}' then m.rcpt_to else m.to_addresses end) as t
          where strpos(lower(t), ${filter.part}) > 0)`;
    case 'words':
      return sql`(${holds(sql`m.subject`, filter.text)} or strpos(m.from_address, lower(${filter.text})) > 0)`;
    case 'since':
      return sql`m.arrived_at >= ${filter.at}::timestamptz`;
    case 'until':
      return sql`m.arrived_at < ${filter.at}::timestamptz`;
    case 'state':
      return sql`m.state = ${filter.state}`;
    case 'outcome':
      return sql`m.outcome = ${filter.outcome}`;
    case 'held':
      return sql`m.outcome ${held}`;
    case 'from':
      return sql`m.from_address = ${filter.address}`;
    case 'case':
      return sql`m.case_id = ${caseOf(filter.number)}`;
    case 'mail':
      return sql`m.id = ${filter.id}::bigint`;
    case 'message-id':
      return sql`m.message_id = ${filter.messageId}`;
    case 'address-or-message-id':
      return sql`(m.from_address = ${filter.address} or m.message_id = ${`<${filter.address}>`})`;
    case 'site':
      return sql`(
        m.case_id in (select id from cases where site_id = ${siteOf(filter.number)})
        or m.from_address in (select address::text from contact_addresses where site_id = ${siteOf(filter.number)}))`;
    default:
      return filter satisfies never;
  }
}

/**
 * The first id of those that came in at or after the moment, found by halving: ids grow as mails are stored, and no index has the time. Some
 * minutes early, for transactions end in another order than they begin.
 */
export const firstStoredAt = (at: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  with recursive halved(lo, hi) as (
    select 1::bigint, coalesce((select max(id) from mails), 0) + 1
    union all
    select
      case when s.stored_at < ${at} then s.id + 1 else h.lo end,
      case when s.id is null or s.stored_at >= ${at} then (h.lo + h.hi) / 2 else h.hi end
    from halved h
    left join lateral (
      select id, stored_at
      from mails
      where id >= (h.lo + h.hi) / 2 and id < h.hi
      order by id
      limit 1
    ) s on true
    where h.lo < h.hi
  )
  select max(lo) from halved)`;
