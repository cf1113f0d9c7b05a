/** Senders that somebody at the customer is asked about (POLICY §3.r10, §3.r16): one open question a site, address and case. */
import { sql } from 'kysely';
import type { AskedAboutSender, SenderQuestionRecord } from '../../acts/senders/records.ts';
import type { Role } from '../../registry/site.ts';
import type { Db, Tx } from '../database.ts';
import { mayDecide } from '../literals.ts';

export type QuestionToAsk = {
  readonly id: string;
  readonly address: string;
  readonly title: string;
  readonly arrivedAt: string;
  /** The first mail that waits for it. */
  readonly mail: string;
  readonly case: string | null;
  readonly site: { readonly id: string; readonly name: string; readonly language: string; readonly timezone: string };
  /** Who is to be asked and has not been. */
  readonly to: readonly string[];
};

/**
 * Open questions that somebody has not been asked yet, at most `most` a site, oldest first: of a case its own contact, as long as
 * they have one of the roles `own`; else the deciders. `mail`: only what this mail waits for.
 */
export async function questionsToAsk(
  db: Db | Tx,
  given: { mail: string | null; own: readonly Role[]; deciders: readonly Role[]; most: number },
): Promise<{ now: string; open: QuestionToAsk[] }> {
  const { mail } = given;
  const { rows } = await sql<{ now: string; open: QuestionToAsk[] | null }>`
    with due as (
      select q.*, p.addresses, row_number() over (partition by q.site_id order by q.id) as place
      from sender_questions q
      left join lateral (
        select o.id
        from cases k
        join contacts o on o.id = k.contact_id
        where k.id = q.case_id and o.site_id = q.site_id and o.role = any(${[...given.own]}::text[])
      ) own on true
      cross join lateral (
        select array_agg(a.address::text order by c.position) as addresses
        from contacts c
        join contact_addresses a on a.contact_id = c.id and a.main
        where c.site_id = q.site_id
          and case
            when own.id is not null then c.id = own.id
            else ${mayDecide(given.deciders)}
          end
          and not exists (
            select
            from sender_question_letters t
            where t.question_id = q.id and t.address = a.address
          )
      ) p
      where q.answer is null
        and p.addresses is not null
        and (${mail}::bigint is null
          or q.id in (
            select question_id from sender_question_mails where mail_id = ${mail}::bigint
          ))
    )
    select
      to_json(now()) #>> '{}' as now,
      (
        select json_agg(json_build_object(
          'id', d.id::text,
          'address', d.address,
          'title', d.title,
          'arrivedAt', d.arrived_at,
          'to', d.addresses,
          'mail', (
            select min(l.mail_id)::text from sender_question_mails l where l.question_id = d.id
          ),
          'case', (select number from cases c where c.id = d.case_id),
          'site', json_build_object(
            'id', s.id::text,
            'name', s.name,
            'language', s.language,
            'timezone', s.timezone)) order by d.id)
        from due d
        join sites s on s.id = d.site_id
        where d.place <= ${given.most}
      ) as open`.execute(db);
  return { now: rows[0]?.now ?? '', open: rows[0]?.open ?? [] };
}

/** Each question is put to a person once. */
export async function markAsked(
  tx: Tx,
  given: { questions: readonly string[]; to: string; letter: string },
): Promise<void> {
  await sql`
    insert into sender_question_letters (question_id, address, letter_id)
    select q, ${given.to}, ${given.letter}::bigint
    from unnest(${[...given.questions]}::bigint[]) as q
    on conflict do nothing`.execute(tx);
}

/** By its id, or by a mail that waits for it. */
export async function senderQuestion(
  db: Db,
  { question, mail }: AskedAboutSender,
): Promise<(SenderQuestionRecord & { readonly name: string }) | null> {
  const { rows } = await sql<SenderQuestionRecord & { name: string }>`
    select q.id::text, q.site_id::text as site, s.number as "siteNumber", q.address, q.name, c.number as "case",
      q.answer, '{}'::text[] as "mayAnswer"
    from sender_questions q
    join sites s on s.id = q.site_id
    left join cases c on c.id = q.case_id
    where q.id = ${question ?? null}::bigint
      or q.id in (select question_id from sender_question_mails where mail_id = ${mail ?? null}::bigint)
    order by q.answer is null desc, q.id desc
    limit 1`.execute(db);
  return rows[0] ?? null;
}
