/** Held mail (POLICY §3 "Held mail"): listed, found at the end of its time, and as acts see it. */
import { sql } from 'kysely';
import type { DueRecord, SiteKey } from '../../acts/mail/records.ts';
import type { MailHeldAgain } from '../../changes/mail.ts';
import type { ReasonCode } from '../../intake/decision.ts';
import { onceADayHours } from '../../outbound/letter-limits.ts';
import type { Database, Db, Tx } from '../database.ts';
import { awaiting, held, hours } from '../literals.ts';

type HeldMail = {
  readonly id: string;
  readonly outcome: string;
  readonly reason: string;
  readonly from: string | null;
  readonly subject: string | null;
  readonly arrivedAt: string;
  /** The case it is a reply to, where it is one. */
  readonly case: string | null;
  /** Somebody at the customer was asked and has not answered. */
  readonly asked: boolean;
};

/** Oldest first: the first has waited longest. `reason` is an outcome, or a code within one in the same form (`held-spam`). */
export async function heldMails(database: Database, reason: string | null): Promise<HeldMail[]> {
  const code = reason?.replace(/^held-/, '') ?? null;
  const { rows } = await database.ask((db) =>
    sql<HeldMail>`
      select
        m.id::text,
        m.outcome,
        m.reason,
        m.from_address as "from",
        m.subject,
        to_json(m.arrived_at) #>> '{}' as "arrivedAt",
        (select number from cases c where c.id = m.case_id) as "case",
        exists (
          select
          from sender_question_mails l
          join sender_questions q on q.id = l.question_id
          where l.mail_id = m.id and q.answer is null
        ) as asked
      from mails m
      where m.outcome ${held} and (${reason}::text is null or m.outcome = ${reason} or m.reason_code = ${code})
      order by m.arrived_at, m.id
      limit 5000`.execute(db),
  );
  return rows;
}

/** A person has taken its refusal back within so many days: its time begins anew. */
const heldAgain = (days: number) => sql`
  exists (
    select
    from audit a
    where a.subject_kind = 'mail'
      and a.subject_id = mails.id::text
      and a.action = ${'mail-held-again' satisfies MailHeldAgain['kind']}
      and a.at > now() - make_interval(days => ${days})
  )`;

/** Held for so many days by the database's clock, longest first. */
export async function heldFor(db: Db | Tx, days: number, most: number): Promise<DueRecord[]> {
  const { rows } = await sql<DueRecord>`
    select id::text, outcome as was, from_address as "from", to_json(arrived_at) #>> '{}' as "arrivedAt"
    from mails
    where outcome ${held} and state || '' = 'decided' and stored_at < now() - make_interval(days => ${days})
      and not ${heldAgain(days)}
    order by stored_at
    limit ${most}`.execute(db);
  return rows;
}

/** Held as spam for so many days by the database's clock. */
export async function spamFor(db: Db | Tx, days: number, most: number): Promise<DueRecord[]> {
  const { rows } = await sql<DueRecord>`
    select id::text, outcome as was, from_address as "from", to_json(arrived_at) #>> '{}' as "arrivedAt"
    from mails
    where outcome ${held} and reason_code = ${'spam' satisfies ReasonCode} and state || '' = 'decided'
      and stored_at < now() - make_interval(days => ${days})
      and not ${heldAgain(days)}
    order by stored_at
    limit ${most}`.execute(db);
  return rows;
}

type HeldOf = {
  readonly site: string;
  readonly address: string;
  readonly except?: string | null;
  readonly question?: string | null;
};

/** Those that wait for an answer about this sender at the site, or to this question, in the order of their arrival. */
export async function heldOf(
  database: Database,
  { site, address, except = null, question = null }: HeldOf,
): Promise<string[]> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`
      select id::text
      from mails
      where outcome in ${awaiting('answer-about-sender')}
        and id is distinct from ${except}::bigint
        and id in (
          select l.mail_id
          from sender_questions q
          join sender_question_mails l on l.question_id = q.id
          where q.site_id = ${site}::bigint and q.address = ${address}
            and (${question}::bigint is null or q.id = ${question}::bigint)
        )
      order by arrived_at, id`.execute(db),
  );
  return rows.map((row) => row.id);
}

export async function siteByNumber(database: Database, number: string): Promise<SiteKey | null> {
  const { rows } = await database.ask((db) =>
    sql<SiteKey>`select id::text, number from sites where number = ${number}`.execute(db),
  );
  return rows[0] ?? null;
}

/** The site that has this PIN, or had it until so many days ago. */
export async function siteOfPin(database: Database, pin: string, graceDays: number): Promise<SiteKey | null> {
  const { rows } = await database.ask((db) =>
    sql<SiteKey>`
      select s.id::text, s.number from pins p join sites s on s.id = p.site_id
      where p.pin = ${pin} and (p.replaced_at is null or p.replaced_at > now() - make_interval(days => ${graceDays}))
      order by p.replaced_at desc nulls first limit 1`.execute(db),
  );
  return rows[0] ?? null;
}

/** Whether the staff have had the list of this day (UTC) already. */
export async function listedToday(
  db: Db,
  staff: readonly string[],
): Promise<{ day: string; now: string; done: boolean }> {
  const { rows } = await sql<{ day: string; now: string; done: boolean }>`
    select
      to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day,
      to_json(now()) #>> '{}' as now,
      exists (
        select
        from letters
        where to_address = any(${[...staff]}::text[])
          and created_at > now() - ${hours(onceADayHours)}
          and matter = to_char(now() at time zone 'UTC', '"held-refused:"YYYY-MM-DD')
      ) as done`.execute(db);
  return rows[0] ?? { day: '', now: '', done: false };
}
