/** Mails that were there before: a copy of this one, one with its Message-ID, and those that it answers. */
import { sql } from 'kysely';
import { caseNumber, mailId } from '../../../foundation/ids.ts';
import type { Facts } from '../../../intake/facts.ts';
import { duplicateDays } from '../../../mail/mime/content-hash.ts';
import { days } from '../../literals.ts';

export type EarlierRow = {
  earlier: { mail: string; case: string | null } | null;
  used: boolean;
  answered: { id: string; state: string; case: string | null }[] | null;
};

export const earlier = sql`
  (
    select json_build_object(
      'mail', f.mail_id::text,
      'case', (select c.number from mails m join cases c on c.id = m.case_id where m.id = f.mail_id))
    from content_first_seen f
    where f.fingerprint = q.fingerprint
      and f.mail_id <> q.mail
      and f.arrived_at between q."arrivedAt" - ${days(duplicateDays)}
        and q."arrivedAt" + ${days(duplicateDays)}
  ) as earlier,
  exists (
    select from mails m
    where m.message_id = q."messageId" and m.id <> q.mail and m.content_hash <> q."contentHash"
  ) as used,
  case when cardinality(q.answers) > 0 then (
    select json_agg(json_build_object(
      'id', m.id::text,
      'state', m.state,
      'case', (select number from cases c where c.id = m.case_id)) order by a.place, m.id)
    from unnest(q.answers) with ordinality a(message_id, place)
    join mails m on m.message_id = a.message_id and m.id <> q.mail
  ) end as answered`;

const onCase = (number: string | null) => (number === null ? null : caseNumber(number));

export const earlierFacts = (row: EarlierRow): Pick<Facts, 'earlier' | 'messageIdUsedBefore' | 'answeredMails'> => ({
  earlier: row.earlier && { mail: mailId(row.earlier.mail), case: onCase(row.earlier.case) },
  messageIdUsedBefore: row.used,
  answeredMails: (row.answered ?? []).map((m) => ({ id: mailId(m.id), state: m.state, case: onCase(m.case) })),
});
