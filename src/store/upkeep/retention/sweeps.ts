/**
 * Which rows of each kind are past their time (POLICY §11.5), and what is done with them. Nothing of a case that is open, of a mail that is
 * not decided or held, of a letter that may still go out, or of a request that waits is among them.
 */
import { type RawBuilder, sql } from 'kysely';
import { sessionIdleHours } from '../../../staff/sign-in.ts';
import { erasedAuthors } from '../../../upkeep/erasure.ts';
import type { RetentionKind } from '../../../upkeep/retention.ts';
import { held, hours } from '../../literals.ts';
import { requestWaits } from './request-waits.ts';

export type Sweep = {
  readonly table: string;
  /** By what a row is known, and its type. */
  readonly key: string;
  readonly type: 'bigint' | 'text';
  /** Of rows `t`; `before` is the moment from which on it is kept. */
  readonly joins?: RawBuilder<unknown>;
  readonly where: (before: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** What is written for the keys in `due`; left out, the rows are deleted. */
  readonly writes?: readonly RawBuilder<unknown>[];
};

/** No mail server takes it: RFC 2606. */
const nobody = sql.lit('nobody@erased.invalid');

const onCase = sql`join cases c on c.id = t.case_id and c.status = 'closed'`;
const isOver = sql`t.state in ('sent', 'failed', 'bounced', 'suppressed')`;
/** Decided or given up, held by nobody, and nobody owes an answer to it. */
const isSettled = sql`
  t.state || '' <> 'new'
  and (t.outcome is null or not t.outcome ${held})
  and not exists (select from care_clocks k where k.mail_id = t.id and k.done_at is null)`;

const mails = {
  table: 'mails',
  key: 'id',
  type: 'bigint',
  writes: [
    sql`delete from mail_bytes b using due where b.mail_id = due.key`,
    sql`
      update mails m set emptied_at = now(), facts = null, subject = null, last_failure = null
      from due
      where m.id = due.key`,
  ],
} as const;
const letters = {
  table: 'letters',
  key: 'id',
  type: 'bigint',
  writes: [
    sql`
      update letters l set emptied_at = now(), raw = null, sealed = false, subject = '', asks = null
      from due
      where l.id = due.key`,
  ],
} as const;
const byMail = { key: 'mail_id', type: 'bigint' } as const;
const byId = { key: 'id', type: 'bigint' } as const;

export const sweeps: Readonly<Record<RetentionKind, Sweep>> = {
  mails: {
    ...mails,
    joins: onCase,
    where: (before) => sql`t.emptied_at is null and greatest(c.closed_at, t.arrived_at) < ${before} and ${isSettled}`,
  },
  'mails-without-case': {
    ...mails,
    where: (before) => sql`t.emptied_at is null and t.case_id is null and t.arrived_at < ${before} and ${isSettled}`,
  },
  letters: {
    ...letters,
    joins: onCase,
    where: (before) => sql`t.emptied_at is null and greatest(c.closed_at, t.created_at) < ${before} and ${isOver}`,
  },
  'letters-without-case': {
    ...letters,
    where: (before) => sql`t.emptied_at is null and t.case_id is null and t.created_at < ${before} and ${isOver}`,
  },
  'staff-answers': {
    ...byMail,
    table: 'staff_answers',
    joins: onCase,
    where: (before) => sql`greatest(c.closed_at, t.at) < ${before} and t.state <> 'waiting'`,
  },
  'access-requests': {
    ...byId,
    table: 'access_requests',
    where: (before) => sql`
      t.timer_at is null
      and not ${requestWaits}
      and not exists (select from access_request_steps s where s.request_id = t.id and s.at >= ${before})`,
    writes: [
      sql`delete from access_request_steps s using due where s.request_id = due.key`,
      sql`delete from access_requests r using due where r.id = due.key`,
    ],
  },
  'announcement-recipients': {
    ...byId,
    table: 'announcement_recipients',
    joins: sql`join announcements a on a.id = t.announcement_id`,
    where: (before) => sql`a.ended_at < ${before}`,
  },
  'sender-questions': {
    ...byId,
    table: 'sender_questions',
    where: (before) => sql`t.answer is not null and t.settled_at < ${before}`,
  },
  'care-clocks': { ...byMail, table: 'care_clocks', where: (before) => sql`t.done_at < ${before}` },
  blocks: { ...byId, table: 'blocked_senders', where: (before) => sql`t.lifted_at < ${before}` },
  'privileged-pins': { ...byId, table: 'privileged_pins', where: (before) => sql`t.expires_at < ${before}` },
  'case-texts': {
    ...byId,
    table: 'cases',
    where: (before) => sql`t.emptied_at is null and t.status = 'closed' and t.closed_at < ${before}`,
    writes: [
      sql`
        update case_messages m set text = '', attachments = '[]', author = '', contact_id = null
        from due
        where m.case_id = due.key`,
      sql`delete from case_participants p using due where p.case_id = due.key`,
      sql`delete from case_leavers p using due where p.case_id = due.key`,
      sql`delete from case_search s using due where s.case_id = due.key`,
      sql`delete from drafts d using due where d.case_id = due.key`,
      sql`
        update cases c set emptied_at = now(), title = '', report = '{}', contact_address = '', contact_id = null
        from due
        where c.id = due.key`,
    ],
  },
  'webhook-events': { ...byId, table: 'webhook_events', where: (before) => sql`t.at < ${before}` },
  decisions: { ...byId, table: 'decisions', where: (before) => sql`t.at < ${before}` },
  'addresses-of-mails': {
    ...byId,
    table: 'mails',
    where: (before) => sql`
      t.emptied_at is not null
      and t.arrived_at < ${before}
      and (t.from_address is not null or t.mail_from is not null or t.rcpt_to || t.to_addresses <> '{}')`,
    writes: [
      sql`
        update mails m set from_address = null, mail_from = null, rcpt_to = '{}', to_addresses = '{}', admitted = null
        from due
        where m.id = due.key`,
    ],
  },
  'addresses-of-letters': {
    ...byId,
    table: 'letters',
    where: (before) => sql`t.emptied_at is not null and t.created_at < ${before} and t.to_address <> ${nobody}`,
    writes: [
      sql`
        update letters l
        set to_address = ${nobody}, rate_key = '', matter = '', response = null, idempotency_key = 'emptied:' || l.id
        from due
        where l.id = due.key`,
    ],
  },
  audit: { ...byId, table: 'audit', where: (before) => sql`t.at < ${before}` },
  codes: {
    key: 'letter_id',
    type: 'bigint',
    table: 'confirmation_codes',
    where: (before) => sql`greatest(t.expires_at, t.closed_at) < ${before}`,
  },
  'pin-tries': { ...byMail, table: 'pin_tries', where: (before) => sql`t.at < ${before}` },
  'pin-locks': {
    key: 'key',
    type: 'text',
    table: 'pin_locks',
    where: (before) => sql`coalesce(greatest(t.locked_until, t.silent_until), '-infinity') < ${before}`,
  },
  'privileged-tries': { ...byId, table: 'privileged_tries', where: (before) => sql`t.told_at < ${before}` },
  fingerprints: {
    key: 'fingerprint',
    type: 'text',
    table: 'content_first_seen',
    where: (before) => sql`t.arrived_at < ${before}`,
  },
  sessions: {
    ...byId,
    table: 'staff_sessions',
    where: (before) => sql`least(t.ended_at, t.ends_at, t.seen_at + ${hours(sessionIdleHours)}) < ${before}`,
  },
  'sign-ins': { ...byId, table: 'sign_in_attempts', where: (before) => sql`t.ends_at < ${before}` },
  'sign-in-counts': {
    key: 'key',
    type: 'text',
    table: 'sign_in_counts',
    where: (before) => sql`t.ends_at < ${before}`,
  },
  'bulk-runs': { ...byId, table: 'bulk_runs', where: (before) => sql`t.ended_at < ${before}` },
  'erased-texts': {
    ...byId,
    table: 'case_messages',
    joins: onCase,
    where: (before) => sql`
      t.author like ${sql.lit(erasedAuthors)}
      and (t.text <> '' or t.attachments <> '[]')
      and greatest(c.closed_at, t.at) < ${before}`,
    writes: [
      sql`
        update case_search s
        set words = '', stale = true
        from due
        join case_messages m on m.id = due.key
        where s.case_id = m.case_id`,
      sql`update case_messages m set text = '', attachments = '[]' from due where m.id = due.key`,
    ],
  },
};
