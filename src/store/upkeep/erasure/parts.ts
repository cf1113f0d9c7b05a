/**
 * Where an erased person may be named (POLICY §11.5), table by table in this order: what is theirs is emptied, and in what is of others
 * their addresses and names are replaced. The registry, our own people and the audit, where people stand by id, are not among them.
 */
import { type RawBuilder, sql } from 'kysely';
import { erasedName } from '../../../upkeep/erasure.ts';
import { anyOf, ofCase, ofColleague, ofMail, ofRequest, ofSite, siteNamed, type Tied } from './tied.ts';

export type Part = {
  readonly table: string;
  readonly key: string;
  readonly type: 'bigint' | 'text';
  /** Whether a row `t` is theirs; `address` is a pattern, `token` what stands for their addresses, by `like`. */
  readonly own?: (address: RawBuilder<unknown>, token: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** What a row of theirs becomes, beside what is replaced in it. */
  readonly emptied?: (first: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** Rows are theirs or nobody's: they are deleted. */
  readonly removed?: true;
  /** Bytes that are sealed where they are theirs, or name them: a table and its key. */
  readonly bytes?: { readonly table: string; readonly key: string };
  /** Bytes of others that are sealed, too, because they tell what the person wrote. */
  readonly near?: (token: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** Whether a row `t` that has a name of theirs has to do with them; left out, an address of theirs has to stand in it. */
  readonly tied?: Tied;
  /** Rows that are looked at; left out, all are. */
  readonly only?: RawBuilder<unknown>;
  /** Rows that are in hand just now: it is waited until there is none. */
  readonly busy?: (addresses: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** Cases whose words are read anew: of the rows that were changed. */
  readonly casesOf?: (changed: RawBuilder<unknown>) => RawBuilder<unknown>;
};

const erased = sql.lit(erasedName);
const ofTheirMail = (column: RawBuilder<unknown>, token: RawBuilder<unknown>) =>
  sql`exists (select from mails m where m.id = ${column} and m.from_address like ${token})`;
const closed = sql`exists (select from cases c where c.id = t.case_id and c.status = 'closed')`;
const plain = (table: string, key = 'id', type: Part['type'] = 'bigint'): Part => ({ table, key, type });

export const parts: readonly Part[] = [
  {
    ...plain('mails'),
    own: (address) => sql`(t.from_address ~* ${address} or t.mail_from ~* ${address})`,
    emptied: () => sql`
      emptied_at = coalesce(t.emptied_at, now()), facts = null, subject = null, last_failure = null, admitted = null`,
    bytes: { table: 'mail_bytes', key: 'mail_id' },
    tied: anyOf(ofCase('case_id'), ofColleague('from_address')),
    only: sql`t.state <> 'new'`,
    busy: (addresses) => sql`t.state = 'new' and t.mail_from = ${addresses}`,
  },
  {
    ...plain('case_messages'),
    tied: ofCase('case_id'),
    own: (address, token) => sql`(t.author ~* ${address} or ${ofTheirMail(sql`t.mail_id`, token)})`,
    emptied: (first) => sql`
      author = ${first},
      text = case when ${closed} then '' else t.text end,
      attachments = case when ${closed} then '[]' else t.attachments end`,
    casesOf: (changed) => sql`select distinct case_id from case_messages where id = any(${changed})`,
  },
  { ...plain('drafts'), tied: ofCase('case_id') },
  {
    ...plain('letters'),
    own: (address) => sql`t.to_address ~* ${address}`,
    emptied: () => sql`emptied_at = coalesce(t.emptied_at, now()), subject = '', asks = null, response = null`,
    bytes: { table: 'letters', key: 'id' },
    tied: anyOf(ofCase('case_id'), ofMail('caused_by'), ofColleague('to_address')),
    only: sql`t.claimed_by is null`,
    near: (token) => sql`(
      ${ofTheirMail(sql`t.caused_by`, token)}
      or exists (select from case_messages m where m.case_id = t.case_id and m.author like ${token}))`,
    busy: (addresses) => sql`t.to_address = ${addresses} and t.claimed_by is not null`,
  },
  {
    ...plain('cases'),
    tied: ofCase('id'),
    own: (_, token) => ofTheirMail(sql`t.opened_by_mail`, token),
    emptied: () => sql`
      title = case when t.status = 'closed' then ${erased} else t.title end,
      report = case when t.status = 'closed' then '{}' else t.report end`,
    casesOf: (changed) => sql`select unnest(${changed}) as case_id`,
  },
  { ...plain('case_participants', 'case_id'), own: (address) => sql`t.address ~* ${address}`, removed: true },
  { ...plain('case_leavers', 'case_id'), own: (address) => sql`t.address ~* ${address}`, removed: true },
  {
    ...plain('announcement_recipients', 'announcement_id'),
    own: (address) => sql`t.address ~* ${address}`,
    removed: true,
  },
  {
    ...plain('access_requests'),
    tied: anyOf(ofMail('mail_id'), siteNamed),
    own: (address) => sql`t.address ~* ${address}`,
    emptied: () => sql`name = null, phone = null, justification = null`,
  },
  {
    ...plain('access_request_steps'),
    tied: anyOf(ofMail('mail_id'), ofRequest),
    own: (_, token) => sql`
      exists (select from access_requests r where r.id = t.request_id and r.address like ${token})
      and t.detail ? 'justification'`,
    // A first grant may have set name and phone right.
    emptied: () => sql`detail = (t.detail - 'name' - 'phone') || '{"justification": ""}'`,
  },
  {
    ...plain('sender_questions'),
    tied: anyOf(ofSite('site_id'), ofCase('case_id')),
    own: (address) => sql`t.address ~* ${address}`,
    emptied: () => sql`name = ${erased}, title = ${erased}`,
  },
  plain('sender_question_letters', 'letter_id'),
  { ...plain('staff_answers', 'mail_id'), tied: ofCase('case_id') },
  { ...plain('decisions'), tied: anyOf(ofMail('mail_id'), ofCase('case_id')) },
  { ...plain('case_events'), tied: anyOf(ofMail('mail_id'), ofCase('case_id')) },
  plain('blocked_senders'),
  { ...plain('renewal_steps'), tied: ofSite('site_id') },
  { ...plain('privileged_pins'), tied: ofCase('case_id') },
  // By the sender and what they wrote.
  {
    ...plain('content_first_seen', 'fingerprint', 'text'),
    own: (address) => sql`t.fingerprint ~* ${address}`,
    removed: true,
  },
  plain('pin_tries', 'mail_id'),
  plain('pin_locks', 'key', 'text'),
  {
    ...plain('letter_values', 'letter_id'),
    own: (address) => sql`t.to_address ~* ${address}`,
    removed: true,
    tied: anyOf(ofCase('case_id'), ofMail('caused_by'), ofColleague('to_address')),
  },
  plain('bulk_items'),
  plain('alerts'),
  plain('alert_posts'),
  plain('channels', 'name', 'text'),
  plain('clock_runs', 'name', 'text'),
  plain('saved_views'),
];
