/** How what failed is brought back by hand: a newer fence, a job of its own, an audit row each. Where one has moved on, nothing is written. */
import { sql } from 'kysely';
import { actorOf } from '../../../changes/by.ts';
import type { FetchAgainAsked, LettersRetried, MailsRetried } from '../../../changes/queues/retried.ts';
import { Failure } from '../../../foundation/failure.ts';
import type { Tx } from '../../database.ts';

const moved = new Failure('facts-stale', 'what failed was taken in hand meanwhile');

/** With all of their tries before them. */
export async function writeMailsRetried(tx: Tx, { mails, by }: MailsRetried): Promise<void> {
  const { rows } = await sql`
    with given as (
      select (t->>'mail')::bigint as id, (t->>'fence')::bigint as fence
      from jsonb_array_elements(${JSON.stringify(mails)}::jsonb) t
    ), back as (
      update mails m
      set
        state = 'new',
        outcome = null,
        fence = m.fence + 1,
        claimed_by = null,
        claimed_at = null,
        tries = 0,
        due_at = now() + interval '60 seconds'
      from given g
      where m.id = g.id and m.fence = g.fence and m.state in ('new', 'dead') and m.claimed_at is null
      returning m.id, m.fence
    ), work as (
      insert into outbox (queue, row_id, fence)
      select 'intake', id, fence
      from back
      order by id
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id)
      select ${actorOf(by)}::text, 'mail-retried', 'mail', id::text
      from back
    )
    select id
    from back`.execute(tx);
  if (rows.length < mails.length) throw moved;
}

export async function writeLettersRetried(tx: Tx, { letters, by }: LettersRetried): Promise<void> {
  const { rows } = await sql`
    with given as (
      select (t->>'letter')::bigint as id, (t->>'fence')::bigint as fence
      from jsonb_array_elements(${JSON.stringify(letters)}::jsonb) t
    ), back as (
      update letters l
      set fence = l.fence + 1, due_at = now() + interval '60 seconds'
      from given g
      where l.id = g.id and l.fence = g.fence and l.state in ('queued', 'unknown') and l.claimed_at is null
      returning l.id, l.fence, l.priority
    ), work as (
      insert into outbox (queue, row_id, fence)
      select 'outbound', id, fence
      from back
      order by priority, id
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id)
      select ${actorOf(by)}::text, 'letter-retried', 'letter', id::text
      from back
    )
    select id
    from back`.execute(tx);
  if (rows.length < letters.length) throw moved;
}

export async function writeFetchAgainAsked(tx: Tx, change: FetchAgainAsked): Promise<void> {
  const { mailbox, epoch, from, to, by } = change;
  const { rows } = await sql`
    insert into mailbox_refetches (mailbox, epoch, from_uid, to_uid, asked_by)
    values (${mailbox}, ${epoch}, ${from}, ${to}, ${actorOf(by)})
    on conflict (mailbox) where done_at is null do nothing
    returning id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', 'another range of this mailbox was asked for meanwhile');
}
