/** Cases with all that whoever works on them goes by: see acts/cases/records.ts. */
import { sql } from 'kysely';
import type { WorkedCase } from '../../acts/cases/records.ts';
import type { ContactId } from '../../foundation/ids.ts';
import type { Database, Db, Tx } from '../database.ts';
import { clock } from '../intake/facts/cases.ts';
import { siteFacts, siteJson } from '../intake/facts/registry.ts';
import { presentFor } from './one/presence.ts';

const contact = sql`
  select json_build_object('id', p.id::text, 'name', p.name, 'phone', p.phone)
  from contacts p
  where p.id = c.contact_id`;

const participants = sql`
  select coalesce(
    json_agg(json_build_object(
      'address', p.address,
      'contact', p.contact_id::text,
      'name', k.name) order by p.added_at, p.address),
    '[]')
  from case_participants p
  left join contacts k on k.id = p.contact_id
  where p.case_id = c.id`;

const load = sql`
  select coalesce(json_object_agg(o.owner, o.n), '{}')
  from (
    select owner, count(*) as n
    from cases
    where status = 'open' and owner is not null
    group by owner
  ) o`;

const events = sql`
  select coalesce(
    json_agg(json_build_object(
      'kind', e.kind,
      'at', e.at,
      'mail', e.mail_id::text,
      'detail', e.detail) order by e.id),
    '[]')
  from case_events e
  where e.case_id = c.id`;

const onRecord = sql`
  select json_build_object('stage', v.stage, 'preview', v.preview)
  from product_versions v
  join products p on p.id = v.product_id
  where p.name = c.product and v.version = c.version`;

const messages = sql`
  select coalesce(
    json_agg(json_build_object(
      'id', m.id::text,
      'mail', m.mail_id::text,
      'letter', m.letter_id::text,
      'direction', m.direction,
      'author', m.author,
      'contact', m.contact_id::text,
      'automatic', m.automatic,
      'messageId', coalesce(
        (select message_id from mails x where x.id = m.mail_id),
        (select message_id from letters l where l.id = m.letter_id)),
      'at', m.at,
      'text', left(m.text, 4000),
      'attachments', m.attachments) order by m.at, m.id),
    '[]')
  from (
    select *
    from case_messages
    where case_id = c.id
    order by at desc, id desc
    limit 20
  ) m`;

const answers = sql`
  select coalesce(
    json_agg(json_build_object(
      'mail', a.mail_id::text,
      'staff', a.staff,
      'at', a.at,
      'state', a.state,
      'dueAt', a.due_at,
      'deeds', a.deeds,
      'enclosed', a.enclosed) order by a.at, a.mail_id),
    '[]')
  from staff_answers a
  where a.case_id = c.id and a.deeds <> '[]'`;

const typing = sql`
  select coalesce(json_agg(distinct p.staff), '[]')
  from case_presence p
  where p.case_id = c.id and p.typing_at > now() - make_interval(secs => ${sql.lit(presentFor)})`;

const pins = sql`
  select coalesce(json_agg(p.pin order by p.pin), '[]') from pins p where p.site_id = c.site_id`;

export const workedCases = (database: Database, numbers: readonly string[]): Promise<readonly WorkedCase[]> =>
  database.ask((db) => wholeCases(db, numbers));

export async function wholeCases(db: Db | Tx, numbers: readonly string[]): Promise<readonly WorkedCase[]> {
  if (numbers.length === 0) return [];
  const { rows } = await sql<{ one: WorkedCase }>`
      select json_build_object(
        'id', c.id::text,
        'number', c.number,
        'title', c.title,
        'status', c.status,
        'versionNo', c.version_no,
        'proposal', c.proposal,
        'escalation', c.escalation,
        'mergedInto', (select t.number from cases t where t.id = c.merged_into),
        'of', ${siteJson},
        'severity', c.severity,
        'kind', c.kind,
        'product', c.product,
        'version', c.version,
        'onRecord', (${onRecord}),
        'provisional', c.provisional,
        'lapsed', c.lapsed,
        'openedAt', c.opened_at,
        'closedAt', c.closed_at,
        'owner', c.owner,
        'load', (${load}),
        'reference', c.reference,
        'priority', c.priority,
        'planned', c.planned,
        'resolvedIn', c.resolved_in,
        'declined', c.declined,
        'contact', (${contact}),
        'contactAddress', c.contact_address,
        'language', c.language,
        'participants', (${participants}),
        'proposedAt', c.proposed_at,
        'answeredAt', c.response_met_at,
        'due', c.due,
        'pins', (${pins}),
        'clock', (${clock}),
        'events', (${events}),
        'silentUntil', case when c.silent_until = 'infinity' then now() else c.silent_until end,
        'answers', (${answers}),
        'typing', (${typing}),
        'messages', (${messages})) as one
      from cases c
      join sites s on s.id = c.site_id
      where c.number = any(${[...numbers]}::text[])
      order by c.id`.execute(db);
  return rows.map(({ one }) => ({ ...one, of: siteFacts(one.of) }));
}

/** Whoever has an address at the site of a case; null: nobody. */
export async function onSiteOf(
  database: Database,
  { case: number, address }: { readonly case: string; readonly address: string },
): Promise<{ readonly contact: ContactId; readonly name: string } | null> {
  const { rows } = await database.ask((db) =>
    sql<{ contact: ContactId; name: string }>`
      select k.id::text as contact, k.name
      from contact_addresses a
      join contacts k on k.id = a.contact_id
      join cases c on c.site_id = k.site_id
      where a.address = ${address} and c.number = ${number}
      limit 1`.execute(db),
  );
  return rows[0] ?? null;
}

/** Cases of which a timer has run out, those that wait longest first. */
export async function casesWithTimers(database: Database, most: number): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ number: string }>`
      select number
      from cases
      where timer_at <= now()
      order by timer_at, id
      limit ${most}`.execute(db),
  );
  return rows.map((row) => row.number);
}
