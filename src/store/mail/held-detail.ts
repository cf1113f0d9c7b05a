/** A held or refused mail as a person has it before them: what it says, what was known of it, who was asked, what was written. */
import { sql } from 'kysely';
import { blockKeys } from '../../mail/address/guess-keys.ts';
import type { Attachment, Grade } from '../../mail/parsed-mail.ts';
import type { Database } from '../database.ts';
import { held, outcome } from '../literals.ts';

export type HeldQuestion = {
  readonly case: string | null;
  readonly askedAt: string;
  readonly answer: 'yes' | 'once' | 'no' | 'expired' | null;
  readonly settledAt: string | null;
  /** Whom our letters have asked, and when; the name where they are on record still. */
  readonly to: readonly {
    readonly name: string | null;
    readonly address: string;
    readonly at: string;
    readonly state: string;
  }[];
};
export type EarlierMail = {
  readonly id: string;
  readonly subject: string | null;
  readonly arrivedAt: string;
  readonly outcome: string | null;
  readonly code: string | null;
  readonly case: string | null;
};
export type HeldMailShown = {
  readonly id: string;
  readonly state: 'new' | 'decided' | 'dead';
  readonly outcome: string | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly from: string | null;
  readonly name: string | null;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly arrivedAt: string;
  readonly case: { readonly number: string; readonly title: string; readonly status: string } | null;
  readonly grade: Grade | null;
  readonly gradeReason: string | null;
  /** As it was read; null where it could not be, or is kept no longer. */
  readonly text: string | null;
  readonly newText: string | null;
  readonly attachments: readonly Pick<Attachment, 'name' | 'type' | 'size' | 'inline'>[];
  readonly unreadParts: readonly string[];
  /** Its bytes are here: it can be decided again. */
  readonly kept: boolean;
  readonly decided: {
    readonly at: string;
    readonly rule: string;
    readonly pin: string | null;
    /** Why that rule, in one word of it. */
    readonly note: string | null;
    /** Who, where a person has. */
    readonly by: string | null;
  } | null;
  readonly site: {
    readonly number: string;
    readonly name: string;
    readonly timezone: string;
    /** People of that site with an address of the sender's domain. */
    readonly colleagues: number;
  } | null;
  /** Where the sender is on record now. */
  readonly contactOf: readonly { readonly site: string; readonly siteName: string; readonly role: string }[];
  readonly questions: readonly HeldQuestion[];
  readonly letters: readonly {
    readonly id: string;
    readonly template: string;
    readonly to: string;
    readonly state: string;
    readonly at: string;
  }[];
  readonly blocked: boolean;
};

/** More of a text than a person reads on a page; the whole stands in the mail. */
const mostText = 60_000;
const mostLetters = 20;
const mostEarlier = 8;

const time = (column: string) => sql`to_json(${sql.raw(column)}) #>> '{}'`;

const questions = sql`
  select json_agg(json_build_object(
    'case', (select number from cases c where c.id = q.case_id),
    'askedAt', ${time('q.asked_at')},
    'answer', q.answer,
    'settledAt', ${time('q.settled_at')},
    'to', (
      select coalesce(json_agg(json_build_object(
        'name', (
          select c.name
          from contact_addresses a
          join contacts c on c.id = a.contact_id
          where a.address = t.address and a.site_id = q.site_id),
        'address', t.address,
        'at', ${time('l.created_at')},
        'state', l.state) order by l.id), '[]')
      from sender_question_letters t
      join letters l on l.id = t.letter_id
      where t.question_id = q.id
    )) order by q.id)
  from sender_question_mails w
  join sender_questions q on q.id = w.question_id
  where w.mail_id = m.id`;

const letters = sql`
  select json_agg(l order by (l.id)::bigint)
  from (
    select l.id::text as id, l.template, l.to_address as "to", l.state, ${time('l.created_at')} as at
    from letters l
    where l.caused_by = m.id
    order by l.id
    limit ${mostLetters}
  ) l`;

const contactOf = sql`
  select json_agg(json_build_object('site', s.number, 'siteName', s.name, 'role', c.role) order by s.number)
  from contact_addresses a
  join contacts c on c.id = a.contact_id
  join sites s on s.id = a.site_id
  where a.address = m.from_address`;

const site = sql`
  select json_build_object(
    'number', s.number,
    'name', s.name,
    'timezone', s.timezone,
    'colleagues', (
      select count(distinct a.contact_id)
      from contact_addresses a
      where a.site_id = s.id
        and split_part(a.address, '@', 2) = split_part(m.from_address, '@', 2)
        and a.address <> m.from_address
    ))
  from sites s
  where s.number = last.evidence->>'site'`;

/** Null where there is none that is held or refused. */
export async function heldMailShown(database: Database, id: string): Promise<HeldMailShown | null> {
  const { rows } = await database.ask((db) =>
    sql<Omit<HeldMailShown, 'blocked'>>`
      select
        m.id::text,
        m.state,
        m.outcome,
        m.reason_code as code,
        m.reason,
        m.from_address as "from",
        m.facts->'from'->>'name' as name,
        m.to_addresses as "to",
        m.subject,
        ${time('m.arrived_at')} as "arrivedAt",
        (
          select json_build_object('number', c.number, 'title', c.title, 'status', c.status)
          from cases c
          where c.id = m.case_id
        ) as "case",
        m.facts->>'grade' as grade,
        m.facts->>'gradeReason' as "gradeReason",
        left(m.facts->>'text', ${mostText}) as text,
        left(m.facts->>'newText', ${mostText}) as "newText",
        coalesce(m.facts->'attachments', '[]') as attachments,
        coalesce(m.facts->'unreadParts', '[]') as "unreadParts",
        m.emptied_at is null and exists (select from mail_bytes b where b.mail_id = m.id) as kept,
        case when last.rule is not null then
          json_build_object(
            'at', ${time('last.at')},
            'rule', last.rule,
            'pin', last.evidence->>'pin',
            'note', last.evidence->>'note',
            'by', last.evidence->>'by')
        end as decided,
        (${site}) as site,
        coalesce((${contactOf}), '[]') as "contactOf",
        coalesce((${questions}), '[]') as questions,
        coalesce((${letters}), '[]') as letters
      from mails m
      left join lateral (
        select d.at, d.rule, d.evidence
        from decisions d
        where d.mail_id = m.id
        order by d.id desc
        limit 1
      ) last on true
      where m.id = ${id}::bigint
        and (m.outcome ${held} or m.outcome = ${outcome('refused')})`.execute(db),
  );
  const [row] = rows;
  if (!row) return null;
  const keys = row.from === null ? [] : blockKeys(row.from);
  const { rows: blocks } = await database.ask((db) =>
    sql`
      select
      from blocked_senders
      where lifted_at is null and key = any(${[...keys]}::text[])
      limit 1`.execute(db),
  );
  return { ...row, blocked: blocks.length > 0 };
}

/** What that sender wrote before, the newest first; one more than is shown where there is more. */
export async function earlierMails(
  database: Database,
  { from, arrivedAt, id }: { readonly from: string; readonly arrivedAt: string; readonly id: string },
): Promise<{ readonly mails: readonly EarlierMail[]; readonly more: boolean }> {
  const { rows } = await database.ask((db) =>
    sql<EarlierMail>`
      select
        m.id::text,
        m.subject,
        ${time('m.arrived_at')} as "arrivedAt",
        m.outcome,
        m.reason_code as code,
        (select number from cases c where c.id = m.case_id) as "case"
      from mails m
      where m.from_address = ${from} and m.arrived_at <= ${arrivedAt}::timestamptz and m.id <> ${id}::bigint
      order by m.arrived_at desc
      limit ${mostEarlier + 1}`.execute(db),
  );
  return { mails: rows.slice(0, mostEarlier), more: rows.length > mostEarlier };
}

/** What became of a mail that is held no more, and who was faster. */
export type Became = {
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly case: string | null;
  /** Of the audit: what was done to it last, by whom. */
  readonly last: { readonly action: string; readonly actor: string; readonly at: string } | null;
};
export async function becameOf(database: Database, id: string): Promise<Became | null> {
  const { rows } = await database.ask((db) =>
    sql<Became>`
      select
        m.outcome,
        m.reason,
        (select number from cases c where c.id = m.case_id) as "case",
        (
          select json_build_object('action', a.action, 'actor', a.actor, 'at', ${time('a.at')})
          from audit a
          where a.subject_kind = 'mail'
            and a.subject_id = m.id::text
            and a.actor not like 'intake%'
            and a.action <> 'mail-decided'
          order by a.id desc
          limit 1
        ) as last
      from mails m
      where m.id = ${id}::bigint`.execute(db),
  );
  return rows[0] ?? null;
}
