/** One mail with all that is known of it: what it says, how it came, what was decided, what went out for it. */
import { sql } from 'kysely';
import type { MailFacts } from '../../mail/parsed-mail.ts';
import type { Database } from '../database.ts';
import { time } from '../reports/reports.ts';
import { lineColumns, type MailLine } from './search-mails.ts';

export type DecisionShown = {
  readonly at: string;
  readonly outcome: string;
  readonly rule: string;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly case: string | null;
};
export type CausedLetter = {
  readonly id: string;
  readonly template: string;
  readonly to: string;
  readonly subject: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
};
export type MailRow = MailLine & {
  readonly messageId: string | null;
  readonly to: readonly string[];
  readonly mailFrom: string | null;
  readonly rcptTo: readonly string[];
  readonly storedAt: string;
  readonly size: number;
  readonly tries: number;
  readonly lastFailure: string | null;
  readonly code: string | null;
  readonly mustWait: boolean;
  readonly settledBy: string | null;
  readonly messageIdUsedBefore: boolean;
  /** Who let it in. */
  readonly admittedBy: string | null;
  readonly site: string | null;
  readonly siteName: string | null;
  /** Its bytes quote a secret, and are stored sealed; or are kept no longer. */
  readonly sealed: boolean;
  readonly kept: boolean;
  readonly facts: MailFacts | null;
  readonly arrivals: readonly {
    readonly at: string;
    readonly door: string;
    readonly name: string;
    readonly first: boolean;
  }[];
  readonly decisions: readonly DecisionShown[];
  readonly letters: readonly CausedLetter[];
  /** The contact that the last decision names, for people who may see it. */
  readonly contact: { readonly name: string; readonly address: string | null } | null;
};

export async function mailRow(database: Database, id: string): Promise<MailRow | null> {
  const { rows } = await database.ask((db) =>
    sql<MailRow>`
      select
        ${lineColumns},
        m.message_id as "messageId",
        m.to_addresses as "to",
        m.mail_from as "mailFrom",
        m.rcpt_to as "rcptTo",
        ${time('m.stored_at')} as "storedAt",
        m.size,
        m.tries,
        m.last_failure as "lastFailure",
        m.reason_code as code,
        m.must_wait as "mustWait",
        m.settled_by::text as "settledBy",
        m.message_id_used_before as "messageIdUsedBefore",
        m.admitted->>'by' as "admittedBy",
        (select s.number from cases c join sites s on s.id = c.site_id where c.id = m.case_id) as site,
        (select s.name from cases c join sites s on s.id = c.site_id where c.id = m.case_id) as "siteName",
        coalesce((select sealed from mail_bytes b where b.mail_id = m.id), false) as sealed,
        m.emptied_at is null and exists (select from mail_bytes b where b.mail_id = m.id) as kept,
        m.facts,
        coalesce(
          (
            select json_agg(json_build_object(
              'at', ${time('a.at')}, 'door', a.door, 'name', a.door_name, 'first', a.first) order by a.id)
            from arrivals a
            where a.mail_id = m.id
          ),
          '[]') as arrivals,
        coalesce(
          (
            select json_agg(json_build_object(
              'at', ${time('d.at')},
              'outcome', d.outcome,
              'rule', d.rule,
              'reason', d.reason,
              'evidence', d.evidence,
              'case', (select c.number from cases c where c.id = d.case_id)) order by d.id)
            from decisions d
            where d.mail_id = m.id
          ),
          '[]') as decisions,
        coalesce(
          (
            select json_agg(json_build_object(
              'id', l.id::text,
              'template', l.template,
              'to', l.to_address,
              'subject', l.subject,
              'state', l.state,
              'stateReason', l.state_reason,
              'createdAt', ${time('l.created_at')},
              'sentAt', ${time('l.sent_at')}) order by l.id)
            from (select * from letters where caused_by = m.id order by id limit 50) l
          ),
          '[]') as letters,
        (
          select json_build_object('name', p.name, 'address', (
            select a.address
            from contact_addresses a
            where a.contact_id = p.id and a.main))
          from decisions d
          join contacts p on p.id =
            case when d.evidence->>'contact' ~ '^[0-9]{1,18}$' then (d.evidence->>'contact')::bigint end
          where d.mail_id = m.id
          order by d.id desc
          limit 1
        ) as contact
      from mails m
      where m.id = ${id}::bigint`.execute(db),
  );
  return rows[0] ?? null;
}
