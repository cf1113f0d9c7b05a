/** What acts on mail see of rows. */
import { sql } from 'kysely';
import type { MailNeeds, MailRecord, MailRecords } from '../../acts/mail/records.ts';
import type { MailChange } from '../../changes/mail.ts';
import type { Database, Db } from '../database.ts';
import { held, outcome } from '../literals.ts';
import { isBlocked } from '../senders/blocked-senders.ts';
import { heldFor, spamFor } from './held-mail.ts';

/** In the audit: a person, an answer or the end of its time has ended the holding. */
const settling: string[] = ['mail-refused', 'mail-released', 'mail-replayed'] satisfies MailChange['kind'][];

async function mailsBy(db: Db, ids: readonly string[]): Promise<MailRecord[]> {
  const { rows } = await sql<MailRecord>`
    select m.id::text, m.state, m.outcome, (select number from cases c where c.id = m.case_id) as "case",
      m.fence::text, m.from_address as "from", m.message_id as "messageId",
      coalesce(m.facts->'references', '[]') as "references",
      m.emptied_at is null and exists (select from mail_bytes b where b.mail_id = m.id) as kept,
      exists (select from care_clocks k where k.mail_id = m.id and k.done_at is null) as "careRuns",
      case when m.outcome = ${outcome('refused')} then (
        select d.outcome from decisions d where d.mail_id = m.id and d.outcome ${held} order by d.id desc limit 1
      ) end as "heldAs",
      case when m.outcome is null or not m.outcome ${held} then (
        select json_build_object('actor', a.actor, 'refused', a.action = 'mail-refused')
        from audit a
        where a.subject_kind = 'mail'
          and a.subject_id = m.id::text
          and a.action = any(${settling}::text[])
        order by a.id desc
        limit 1
      ) end as "settledBy",
      (select s.language from contact_addresses a join sites s on s.id = a.site_id
        where a.address = m.from_address order by a.contact_id limit 1) as language
    from mails m where m.id = any(${[...ids]}::bigint[]) order by m.id`.execute(db);
  return rows;
}

/** So many held mails end at once; the next tick ends the others. */
const mostDue = 5_000;

export const mailRecords = async (database: Database, needs: MailNeeds): Promise<MailRecords> => {
  const { mails, heldFor: ending, block } = needs;
  if (!mails && !ending && block === undefined) return {};
  return database.ask(async (db) => ({
    ...(mails && { mails: await mailsBy(db, mails) }),
    ...(ending && { due: await (ending.spam ? spamFor : heldFor)(db, ending.days, mostDue) }),
    ...(block !== undefined && { block: { stands: await isBlocked(db, block) } }),
  }));
};
