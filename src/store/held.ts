/** Held mail (POLICY §3 "Held mail"): listed, taken in hand again, refused. What somebody decides is written with its audit. */
import { sql } from 'kysely';
import type { ReasonCode } from '../intake/decision.ts';
import type { Admission } from '../intake/facts.ts';
import type { Database, Db, Tx } from './database.ts';

export type HeldMail = {
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
      select m.id::text, m.outcome, m.reason, m.from_address as "from", m.subject, to_json(m.arrived_at) #>> '{}' as "arrivedAt",
        (select number from cases c where c.id = m.case_id) as "case",
        exists (select from sender_question_mails l join sender_questions q on q.id = l.question_id where l.mail_id = m.id and q.answer is null) as asked
      from mails m where m.outcome like 'held-%' and (${reason}::text is null or m.outcome = ${reason} or m.reason_code = ${code}) order by m.arrived_at, m.id limit 5000`.execute(
      db,
    ),
  );
  return rows;
}

/** Takes one held mail in hand, with what it was let in by; false where somebody was faster. */
export async function takeHeld(
  tx: Tx,
  given: { mail: string; worker: string; admitted: Admission | null; actor: string; action: string },
): Promise<boolean> {
  const { rows } = await sql`
    with taken as (
      update mails set state = 'new', outcome = null, reason = null, case_id = null, fence = fence + 1, claimed_by = ${given.worker}, claimed_at = now(), tries = 1,
        due_at = now() + interval '60 seconds', admitted = ${given.admitted === null ? null : JSON.stringify(given.admitted)}::jsonb
      where id = ${given.mail} and state = 'decided' and outcome like 'held-%' returning id
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id) select ${given.actor}::text, ${given.action}::text, 'mail', id::text from taken
    ) select id from taken`.execute(tx);
  return rows.length > 0;
}

export type PutBack = { readonly id: string; readonly fence: string };

/**
 * The held mails of these questions are to be decided again, in the order of their arrival. Nobody has them yet: whoever is
 * killed before they are decided leaves them to the sweeper, which brings back one after the other (no job waits for them, which
 * is what a try that is over means to it).
 */
export async function putBackHeld(
  tx: Tx,
  given: { questions: readonly string[]; except: string | null; settledBy: string | null; actor: string },
): Promise<PutBack[]> {
  const { rows } = await sql<PutBack>`
    with held as (
      select id, arrived_at from mails where id in (select mail_id from sender_question_mails where question_id = any(${[...given.questions]}::bigint[]))
        and state = 'decided' and outcome in ('held-unregistered', 'held-stranger-on-case') and id is distinct from ${given.except}::bigint for update
    ), numbered as (
      select id, row_number() over (order by arrived_at, id) as place from held
    ), back as (
      update mails m set state = 'new', outcome = null, reason = null, case_id = null, fence = fence + 1, claimed_by = null, claimed_at = null, tries = 1,
        due_at = now() + make_interval(secs => 60 + 5 * n.place), settled_by = ${given.settledBy}
      from numbered n where m.id = n.id returning m.id, m.fence, n.place
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id) select ${given.actor}::text, 'mail-admitted', 'mail', id::text from back
    ) select id::text, fence::text from back order by place`.execute(tx);
  return rows;
}

/** Mails that an answer has let in and that nobody has decided since, in the order of their arrival. */
export async function admittedBy(database: Database, settledBy: string): Promise<PutBack[]> {
  const { rows } = await database.ask((db) =>
    sql<PutBack>`select id::text, fence::text from mails where settled_by = ${settledBy} and state || '' = 'new' order by arrived_at, id`.execute(
      db,
    ),
  );
  return rows;
}

export type Refused = {
  readonly id: string;
  readonly was: string;
  readonly from: string | null;
  readonly arrivedAt: string;
};

/** Ends the holding of these mails; nobody is written to. Those that are not held stay as they are. */
export async function refuseHeld(
  tx: Tx,
  given: { mails: readonly string[]; rule: string; reason: string; settledBy: string | null; actor: string },
): Promise<Refused[]> {
  const { rows } = await sql<Refused>`
    with held as (
      select id, outcome from mails where id = any(${[...given.mails]}::bigint[]) and state = 'decided' and outcome like 'held-%' for update
    ), refused as (
      update mails m set outcome = 'refused', reason = ${given.reason}, settled_by = ${given.settledBy} from held where m.id = held.id
      returning m.id, held.outcome as was, m.from_address, m.arrived_at, m.case_id
    ), decided as (
      insert into decisions (mail_id, at, outcome, rule, reason, evidence, case_id, letters)
      select r.id, now(), 'refused', ${given.rule}, ${given.reason}, coalesce((select d.evidence from decisions d where d.mail_id = r.id order by d.id desc limit 1), '{}')
        || jsonb_build_object('by', ${given.actor}::text), r.case_id, '[]' from refused r
    ), told as (
      insert into audit (actor, action, subject_kind, subject_id, detail)
      select ${given.actor}::text, 'mail-refused', 'mail', id::text, jsonb_build_object('was', was) from refused
    ) select id::text, was, from_address as "from", to_json(arrived_at) #>> '{}' as "arrivedAt" from refused order by arrived_at, id`.execute(
    tx,
  );
  return rows;
}

/** Questions that no held mail waits for any more need no answer. */
export async function closeIdleQuestions(tx: Tx, actor: string): Promise<void> {
  await sql`
    update sender_questions q set answer = 'expired', settled_at = now(), settled_by = ${actor}
    where q.answer is null and not exists (
      select from sender_question_mails l join mails m on m.id = l.mail_id where l.question_id = q.id and (m.outcome like 'held-%' or m.state || '' = 'new'))`.execute(
    tx,
  );
}

/** Held for so many days by the database's clock, longest first. */
export async function heldFor(db: Db | Tx, days: number, most: number): Promise<Refused[]> {
  const { rows } = await sql<Refused>`
    select id::text, outcome as was, from_address as "from", to_json(arrived_at) #>> '{}' as "arrivedAt" from mails
    where outcome like 'held-%' and state || '' = 'decided' and stored_at < now() - make_interval(days => ${days}) order by stored_at limit ${most}`.execute(
    db,
  );
  return rows;
}

/** Held as spam for so many days by the database's clock. */
export async function spamFor(db: Db | Tx, days: number, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id::text from mails where outcome like 'held-%' and reason_code = ${'spam' satisfies ReasonCode} and state || '' = 'decided'
      and stored_at < now() - make_interval(days => ${days}) order by stored_at limit ${most}`.execute(db);
  return rows.map((row) => row.id);
}

/** The address, language and thread of a held mail, for a letter that a person writes. */
export async function heldToAnswer(
  database: Database,
  id: string,
): Promise<{
  readonly outcome: string | null;
  readonly from: string | null;
  readonly messageId: string | null;
  readonly references: readonly string[];
  readonly language: string | null;
  readonly now: string;
} | null> {
  if (!/^[0-9]{1,18}$/.test(id)) return null;
  const { rows } = await database.ask((db) =>
    sql<{
      outcome: string | null;
      from: string | null;
      messageId: string | null;
      references: string[] | null;
      language: string | null;
      now: string;
    }>`
      select m.outcome, m.from_address as "from", m.message_id as "messageId", m.facts->'references' as "references", to_json(now()) #>> '{}' as now,
        (select s.language from contact_addresses a join sites s on s.id = a.site_id where a.address = m.from_address order by a.contact_id limit 1) as language
      from mails m where m.id = ${id}`.execute(db),
  );
  const [row] = rows;
  return row ? { ...row, references: row.references ?? [] } : null;
}

export type SiteKey = { readonly id: string; readonly number: string };

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
    select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day, to_json(now()) #>> '{}' as now,
      exists (select from letters where to_address = any(${[...staff]}::text[]) and created_at > now() - interval '25 hours'
        and matter = to_char(now() at time zone 'UTC', '"held-refused:"YYYY-MM-DD')) as done`.execute(db);
  return rows[0] ?? { day: '', now: '', done: false };
}
