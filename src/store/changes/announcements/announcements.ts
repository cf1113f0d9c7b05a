/** How it is written what becomes of announcements and their recipients. */
import { sql } from 'kysely';
import type {
  AnnouncementStarted,
  AnnouncementTurned,
  AnnouncementWritten,
  RecipientsGathered,
  RecipientsTakenBack,
  RecipientsWritten,
} from '../../../changes/announcements/announcements.ts';
import { actorOf } from '../../../changes/by.ts';
import { Failure } from '../../../foundation/failure.ts';
import type { Tx } from '../../database.ts';
import type { WrittenLetter } from '../../letters/letters.ts';

const moved = (name: string) => new Failure('facts-stale', `${name} has moved on meanwhile`);

export async function writeAnnouncementWritten(tx: Tx, { content, by }: AnnouncementWritten): Promise<void> {
  const { rows } = await sql`
    insert into announcements as a (name, kind, state, content, by)
    values (${content.name}, ${content.kind}, 'ready', ${JSON.stringify(content)}::jsonb, ${actorOf(by)})
    on conflict (name) do update set
      kind = excluded.kind,
      content = excluded.content,
      by = excluded.by,
      written_at = now()
    where a.state = 'ready'
    returning id`.execute(tx);
  if (rows.length === 0) throw moved(content.name);
}

export async function writeAnnouncementStarted(tx: Tx, { announcement, name, by }: AnnouncementStarted): Promise<void> {
  // The clock starts what goes by itself: whoever stops that waits, or comes first.
  const { rows: running } = await sql`
    select from schedules where kind = 'end-of-support' and running for share`.execute(tx);
  if (by.kind === 'clock' && running.length === 0) throw moved(name);
  const { rows } = await sql`
    update announcements
    set state = 'running', started_at = now(), resumed_at = now(), by = ${actorOf(by)}
    where id = ${announcement}::bigint and state = 'ready'
    returning id`.execute(tx);
  if (rows.length === 0) throw moved(name);
}

export async function writeAnnouncementTurned(
  tx: Tx,
  { announcement, name, from, to, bounced }: AnnouncementTurned,
): Promise<void> {
  const { rows } = await sql`
    update announcements a
    set state = ${to},
      paused_by_itself = ${bounced !== null}::boolean,
      resumed_at = case when ${to === 'running'}::boolean then now() else resumed_at end,
      ended_at = case when ${to === 'finished' || to === 'cancelled'}::boolean then now() end
    where a.id = ${announcement}::bigint
      and a.state = ${from}
      and (not ${to === 'finished'}::boolean or not exists (
        select from announcement_recipients r where r.announcement_id = a.id and r.state = 'open'))
    returning id`.execute(tx);
  if (rows.length === 0) throw moved(name);
}

/**
 * Somebody at two sites has one letter, with the cases of both. Marked as unreachable at one of them alone they have it as the other; a
 * row that was left out for that is open again where a later site has them without the mark.
 */
export async function writeRecipientsGathered(
  tx: Tx,
  { announcement, name, recipients, from, to }: RecipientsGathered,
): Promise<void> {
  const { rows } = await sql`
    update announcements set gathered_to = ${to}::bigint
    where id = ${announcement}::bigint and gathered_to = ${from}::bigint and state = 'running'
    returning id`.execute(tx);
  if (rows.length === 0) throw moved(name);
  const given = recipients.map(({ address, contact, language, cases, leftOut }) => ({
    ...{ address, contact, language, cases },
    state: leftOut ?? 'open',
  }));
  await sql`
    insert into announcement_recipients as r (announcement_id, address, contact_id, language, cases, state)
    select
      ${announcement}::bigint,
      x.address,
      (array_agg(x.contact order by (x.state = 'open') desc, x.contact))[1],
      (array_agg(x.language order by (x.state = 'open') desc, x.contact))[1],
      coalesce((
        select array_agg(distinct c.value)
        from unnest(array_agg(x.cases)) l, jsonb_array_elements_text(l) c), '{}'),
      case when bool_or(x.state = 'open') then 'open' else min(x.state) end
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x(
      address text,
      contact bigint,
      language text,
      cases jsonb,
      state text)
    group by x.address
    on conflict (announcement_id, address) do update set
      cases = coalesce((select array_agg(distinct c) from unnest(r.cases || excluded.cases) c), '{}'),
      state = 'open',
      contact_id = case when r.state = 'open' then r.contact_id else excluded.contact_id end,
      language = case when r.state = 'open' then r.language else excluded.language end
    where (r.state = 'open' and excluded.cases <> '{}')
      or (r.state = 'unreachable' and excluded.state = 'open')`.execute(tx);
  // They are written to within minutes, and the server would take the table for empty until it looks by itself.
  if (to === null) await sql`analyze announcement_recipients`.execute(tx);
}

/** Each with its letter, of the same transaction. A row that was taken meanwhile lets nothing of it be written. */
export async function writeRecipientsWritten(
  tx: Tx,
  { announcement, name, written, leftOut }: RecipientsWritten,
  letters: readonly WrittenLetter[],
): Promise<void> {
  const rows = [
    ...written.map(({ address, contact }) => ({
      ...{ address, contact, state: 'written' },
      letter: letters.find(({ to }) => to === address)?.id ?? null,
    })),
    ...leftOut.map(({ address, why }) => ({ address, contact: null, state: why, letter: null })),
  ];
  const { rows: taken } = await sql`
    update announcement_recipients r
    set state = x.state, letter_id = x.letter, contact_id = coalesce(x.contact, r.contact_id), at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(
        address text,
        contact bigint,
        state text,
        letter bigint),
      announcements a
    where a.id = ${announcement}::bigint
      and a.state = 'running'
      and r.announcement_id = ${announcement}::bigint
      and r.address = x.address
      and r.state = 'open'
    returning r.address`.execute(tx);
  if (taken.length !== rows.length) throw moved(name);
}

export async function writeRecipientsTakenBack(tx: Tx, { address, announcements }: RecipientsTakenBack): Promise<void> {
  await sql`
    update announcement_recipients r
    set state = 'open', at = now()
    from announcements a
    where a.id = r.announcement_id
      and a.id = any(${[...announcements]}::bigint[])
      and a.state in ('running', 'paused')
      and r.address = ${address}
      and r.state = 'unreachable'`.execute(tx);
}
