/** Senders that somebody at the customer is asked about (POLICY §3.r10, §3.r16): one open question a site, address and case. */
import { sql } from 'kysely';
import type { Role } from '../registry/site.ts';
import type { Db, Tx } from './database.ts';

/** A question that was answered with no is not put again for `quietDays`; later mails wait for the answer to the first. */
export async function askAbout(
  tx: Tx,
  given: {
    mail: string;
    site: string;
    case: string | null;
    address: string;
    name: string;
    title: string;
    arrivedAt: string;
    quietDays: number;
  },
): Promise<void> {
  await sql`
    with about as (select ${given.site}::bigint as site_id, (select id from cases where number = ${given.case}) as case_id),
    made as (
      insert into sender_questions (site_id, case_id, address, name, title, arrived_at)
      select a.site_id, a.case_id, ${given.address}, ${given.name}, ${given.title}, ${given.arrivedAt}::timestamptz from about a
      where not exists (select from sender_questions q where q.site_id = a.site_id and q.address = ${given.address} and q.case_id is not distinct from a.case_id
        and q.answer = 'no' and q.settled_at > now() - make_interval(days => ${given.quietDays}))
      on conflict do nothing returning id
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select ${`mail:${given.mail}`}, 'sender-asked-about', 'site', ${given.site}, jsonb_build_object('question', id) from made
    )
    select id from made`.execute(tx);
  await sql`
    insert into sender_question_mails (question_id, mail_id)
    select q.id, ${given.mail}::bigint from sender_questions q where q.site_id = ${given.site}::bigint and q.address = ${given.address} and q.answer is null
      and q.case_id is not distinct from (select id from cases where number = ${given.case})
    on conflict do nothing`.execute(tx);
}

export type SettledQuestion = {
  readonly site: string;
  readonly siteNumber: string;
  readonly case: string | null;
  readonly address: string;
  readonly name: string;
};

/** The first answer counts: null where there was one before. */
export async function settleQuestion(
  tx: Tx,
  given: { id: string; answer: 'yes' | 'once' | 'no'; actor: string },
): Promise<SettledQuestion | null> {
  const { rows } = await sql<SettledQuestion>`
    with settled as (
      update sender_questions set answer = ${given.answer}, settled_at = now(), settled_by = ${given.actor} where id = ${given.id} and answer is null returning *
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select ${given.actor}::text, 'sender-answered', 'site', site_id::text, jsonb_build_object('question', id, 'answer', answer) from settled
    )
    select q.site_id::text as site, s.number as "siteNumber", q.case_id::text as "case", q.address, q.name from settled q join sites s on s.id = q.site_id`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** Whoever is on record now need not be asked about elsewhere at the site. Returns every question of that sender that a yes answers. */
export async function settleOthers(tx: Tx, given: { site: string; address: string; actor: string }): Promise<string[]> {
  await sql`update sender_questions set answer = 'yes', settled_at = now(), settled_by = ${given.actor}
    where site_id = ${given.site} and address = ${given.address} and answer is null`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    select id::text from sender_questions where site_id = ${given.site} and address = ${given.address} order by id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** May write on that case from now on, without being on record. */
export async function admitToCase(tx: Tx, caseId: string, address: string): Promise<void> {
  await sql`insert into case_participants (case_id, address, contact_id, added_at) values (${caseId}, ${address}, null, now()) on conflict do nothing`.execute(
    tx,
  );
}

export async function mailsOfQuestion(tx: Tx, id: string): Promise<string[]> {
  const { rows } = await sql<{
    mail: string;
  }>`select mail_id::text as mail from sender_question_mails where question_id = ${id} order by mail_id`.execute(tx);
  return rows.map((row) => row.mail);
}

export type OpenQuestion = {
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
 * they have one of the roles `own`; else whoever has one of the roles `deciders`. `mail`: only what this mail waits for.
 */
export async function questionsToAsk(
  db: Db | Tx,
  given: { mail: string | null; own: readonly Role[]; deciders: readonly Role[]; most: number },
): Promise<{ now: string; open: OpenQuestion[] }> {
  const { mail } = given;
  const { rows } = await sql<{ now: string; open: OpenQuestion[] | null }>`
    with due as (
      select q.*, p.addresses, row_number() over (partition by q.site_id order by q.id) as place
      from sender_questions q
      left join lateral (select o.id from cases k join contacts o on o.id = k.contact_id where k.id = q.case_id and o.site_id = q.site_id and o.role = any(${[...given.own]}::text[])) own on true
      cross join lateral (select array_agg(a.address::text order by c.position) as addresses from contacts c join contact_addresses a on a.contact_id = c.id and a.main
        where c.site_id = q.site_id and case when own.id is not null then c.id = own.id else c.role = any(${[...given.deciders]}::text[]) end
          and not exists (select from sender_question_letters t where t.question_id = q.id and t.address = a.address)) p
      where q.answer is null and p.addresses is not null
        and (${mail}::bigint is null or q.id in (select question_id from sender_question_mails where mail_id = ${mail}::bigint))
    )
    select to_json(now()) #>> '{}' as now, (select json_agg(json_build_object('id', d.id::text, 'address', d.address, 'title', d.title, 'arrivedAt', d.arrived_at, 'to', d.addresses,
        'mail', (select min(l.mail_id)::text from sender_question_mails l where l.question_id = d.id), 'case', (select number from cases c where c.id = d.case_id),
        'site', json_build_object('id', s.id::text, 'name', s.name, 'language', s.language, 'timezone', s.timezone)) order by d.id)
      from due d join sites s on s.id = d.site_id where d.place <= ${given.most}) as open`.execute(db);
  return { now: rows[0]?.now ?? '', open: rows[0]?.open ?? [] };
}

/** Each question is put to a person once. */
export async function markAsked(
  tx: Tx,
  given: { questions: readonly string[]; to: string; letter: string },
): Promise<void> {
  await sql`
    insert into sender_question_letters (question_id, address, letter_id)
    select q, ${given.to}, ${given.letter}::bigint from unnest(${[...given.questions]}::bigint[]) as q on conflict do nothing`.execute(
    tx,
  );
}
