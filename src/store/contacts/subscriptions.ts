/** Whom an address stands for, with what they have said of letters that can be ended. */
import { sql } from 'kysely';
import type { Subscriber, SubscriptionNeeds, SubscriptionRecords } from '../../acts/subscriptions/records.ts';
import { contactId, siteId, siteNumber } from '../../foundation/ids.ts';
import { isAboutSubscriptions } from '../../intake/commands/commands.ts';
import type { Facts, Question } from '../../intake/facts.ts';
import type { Database, Db, Tx } from '../database.ts';
import { contactJson } from '../intake/facts/registry.ts';

/** Of the contact `c`: null where they have said nothing. */
export const saidOf = sql`(
  select json_agg(json_strip_nulls(json_build_object(
    'kind', u.kind,
    'wanted', u.wanted,
    'address', u.address,
    'unreachable', case when u.unreachable_since is not null then true end)) order by u.kind)
  from subscriptions u
  where u.contact_id = c.id)`;

/** The ids are gathered first: with `or` between them every contact there is would be looked at. */
async function subscribersOf(
  db: Db | Tx,
  asked: NonNullable<SubscriptionNeeds['subscribers']>,
): Promise<readonly Subscriber[]> {
  const address = 'address' in asked ? asked.address : null;
  const id = 'contact' in asked ? asked.contact : null;
  const site = 'site' in asked ? (asked.site ?? null) : null;
  const { rows } = await sql<{ one: Subscriber }>`
    select (${contactJson})::jsonb || jsonb_build_object(
      'siteNumber', s.number,
      'language', s.language,
      'subscriptions', coalesce(${saidOf}, '[]')) as one
    from contacts c
    join sites s on s.id = c.site_id
    where c.id in (
        select ${id}::bigint
        union
        select contact_id from contact_addresses where address = ${address}
        union
        select contact_id from subscriptions where address = ${address})
      and (${site}::text is null or s.number = ${site})
    order by c.id`.execute(db);
  return rows.map(({ one }) => ({
    ...one,
    id: contactId(one.id),
    siteId: siteId(one.siteId),
    siteNumber: siteNumber(one.siteNumber),
  }));
}

export async function subscriptionRecords(
  database: Database,
  { subscribers: asked }: SubscriptionNeeds,
): Promise<SubscriptionRecords> {
  return asked ? { subscribers: await database.ask((db) => subscribersOf(db, asked)) } : {};
}

/** Where the last letter of a kind went that has the link of this contact; also of one who is on record no more. */
export async function addressOfLink(
  database: Database,
  { contact, kind }: { readonly contact: string; readonly kind: string },
): Promise<string | null> {
  const { rows } = await database.ask((db) =>
    sql<{ address: string }>`
      select r.address
      from announcement_recipients r
      join announcements a on a.id = r.announcement_id and a.kind = ${kind}
      where r.contact_id = ${contact}::bigint and r.state = 'written'
      order by r.letter_id desc
      limit 1`.execute(db),
  );
  return rows[0]?.address ?? null;
}

/** Asked for by itself, where a mail is about such letters: no other has it in its question. */
export async function withSubscribers<T extends { readonly facts: Facts }>(
  db: Db | Tx,
  questions: readonly Question[],
  all: T[],
): Promise<T[]> {
  const about = (one: T, i: number): string | null => {
    const { sender = null, command = null } = questions[i] ?? {};
    const answers = one.facts.letters.some(({ asks }) => asks?.kind === 'subscription');
    return answers || (command !== null && isAboutSubscriptions(command)) ? sender : null;
  };
  const addresses = all.map(about);
  if (addresses.every((one) => one === null)) return all;
  const out: T[] = [];
  for (const [i, one] of all.entries()) {
    const address = addresses[i];
    out.push(address ? { ...one, facts: { ...one.facts, subscribers: await subscribersOf(db, { address }) } } : one);
  }
  return out;
}
