/** Loads what was known when a mail was decided, so that it can be decided again on the same facts. */
import { type RawBuilder, sql } from 'kysely';
import { caseNumber } from '../../foundation/ids.ts';
import type { Admission, PastLetter } from '../../intake/facts.ts';
import type { HistoricalRecords } from '../../intake/historical-facts.ts';
import type { MailFacts } from '../../mail/parsed-mail.ts';
import type { LetterTemplate } from '../../outbound/letter.ts';
import { dayHours, hourHours, onceADay, onceADayHours } from '../../outbound/letter-limits.ts';
import type { Database, Db } from '../database.ts';
import { awaiting, hours, outcome } from '../literals.ts';
import { pastLetters, writtenBefore } from './facts/history.ts';

/** A decided mail, with the last decision that a rule made about it. */
export type DecidedMail = {
  readonly id: string;
  readonly arrivedAt: string;
  readonly mustWait: boolean;
  readonly admitted: Admission | null;
  readonly mailFrom: string | null;
  readonly rcptTo: string[];
  readonly headersOnly: 'too-large' | 'not-fetched' | null;
  readonly from: string | null;
  readonly subject: string | null;
  readonly case: string | null;
  readonly outcome: string;
  readonly reason: string;
  readonly code: string | null;
  readonly decidedAt: string;
  readonly facts: MailFacts | null;
  readonly usedBefore: boolean;
  readonly duplicateOf: string | null;
  /** Only where they are sealed: what was masked in `facts` stands in them. */
  readonly raw: Buffer | null;
};

/**
 * What an answer has made of a mail (§3.r5), or a person's refusal, is no decision about the mail itself. `which` is over a mail `m`.
 */
async function decidedWhere(database: Database, which: RawBuilder<unknown>, most: number): Promise<DecidedMail[]> {
  const { rows } = await database.ask((db) =>
    sql<DecidedMail>`
      select
        m.id::text,
        to_json(m.arrived_at) #>> '{}' as "arrivedAt",
        m.must_wait as "mustWait",
        m.admitted,
        m.mail_from as "mailFrom",
        m.rcpt_to as "rcptTo",
        m.headers_only as "headersOnly",
        m.from_address as "from",
        m.subject,
        (select number from cases c where c.id = m.case_id) as "case",
        d.outcome,
        d.reason,
        m.reason_code as code,
        to_json(d.at) #>> '{}' as "decidedAt",
        m.facts,
        m.message_id_used_before as "usedBefore",
        m.duplicate_of::text as "duplicateOf",
        (select b.raw from mail_bytes b where b.mail_id = m.id and b.sealed) as raw
      from mails m
      cross join lateral (
        select *
        from decisions
        where mail_id = m.id
          and outcome <> ${outcome('refused')}
          and not (m.settled_by is not null and rule = 'r5' and outcome <> ${outcome('answer-settled')})
        order by id desc
        limit 1
      ) d
      where m.state || '' = 'decided' and ${which}
      order by m.id
      limit ${most}`.execute(db),
  );
  return rows;
}

/** Arrived within so many days of the database's clock, by id behind `after`, at most `most`. */
export const decidedMails = (
  database: Database,
  { days, after, most }: { days: number; after: string; most: number },
): Promise<DecidedMail[]> =>
  decidedWhere(database, sql`m.id > ${after}::bigint and m.arrived_at > now() - make_interval(days => ${days})`, most);

/** Null where there is no such mail, or no rule has decided it. */
export const decidedMail = async (database: Database, id: string): Promise<DecidedMail | null> =>
  (await decidedWhere(database, sql`m.id = ${id}::bigint`, 1))[0] ?? null;

/** How many there are, and how many of the same days nothing can be said about. */
export async function countMails(database: Database, days: number): Promise<{ decided: number; undecided: number }> {
  const { rows } = await database.ask((db) =>
    sql<{ decided: string; undecided: string }>`
      select
        count(*) filter (where state = 'decided') as decided,
        count(*) filter (where state <> 'decided') as undecided
      from mails
      where arrived_at > now() - make_interval(days => ${days})`.execute(db),
  );
  return { decided: Number(rows[0]?.decided ?? 0), undecided: Number(rows[0]?.undecided ?? 0) };
}

/** The id behind which the newest `most` are, however old; 0 where all of them are. */
export async function oldestOfNewest(database: Database, { most }: { most: number }): Promise<string> {
  const { rows } = await database.ask((db) =>
    sql<{ id: string }>`
      select id::text
      from mails
      where state = 'decided'
      order by mails.id desc
      offset ${most}
      limit 1`.execute(db),
  );
  return rows[0]?.id ?? '0';
}

export type HistoricalQuestion = {
  readonly mail: string;
  readonly at: string;
  readonly arrivedAt: string;
  readonly sender: string | null;
  /** Under what letters to the sender are counted. */
  readonly keys: readonly string[];
  readonly cases: readonly string[];
  readonly letters: readonly string[];
  readonly questions: readonly string[];
  readonly codes: readonly string[];
  readonly privileged: readonly string[];
  readonly mayBeLoop: boolean;
};

type Row = {
  cases: HistoricalRecords['cases'] | null;
  letters: HistoricalRecords['letters'] | null;
  questions: string[] | null;
  codes: HistoricalRecords['codes'] | null;
  privileged: HistoricalRecords['privileged'] | null;
  toSender: (PastLetter & { n: number })[] | null;
  toStaff: PastLetter[] | null;
  saidBefore: { text: string | null; newText: string | null; case: string | null }[] | null;
  strangersHour: string;
  strangersDay: string;
};

const hour = hours(hourHours);
const day = hours(dayHours);

/** Events of a case `c` at or after the moment, or of the mail itself. */
const sinceThen = sql`e.case_id = c.id and (e.at >= q.at or e.mail_id = q.mail)`;
const beforeThen = sql`e.case_id = c.id and e.at < q.at and e.mail_id is distinct from q.mail`;

const casesThen = sql`
  select json_agg(json_build_object(
    'id', c.id::text,
    'number', c.number,
    'known', c.opened_by_mail is distinct from q.mail and coalesce((
      select a.at
      from audit a
      where a.subject_kind = 'case' and a.subject_id = c.number
      order by a.id
      limit 1), c.opened_at) < q.at,
    'changedSince', exists (select from case_events e where e.kind in ('closed', 'reopened') and ${sinceThen}),
    'closedThen', (
      select case when e.kind = 'closed' then e.at end
      from case_events e
      where e.kind in ('closed', 'reopened') and ${beforeThen}
      order by e.at desc, e.id desc
      limit 1),
    'severityThen', (
      select (e.detail->>'from')::int
      from case_events e
      where e.kind = 'severity-changed' and ${sinceThen}
      order by e.id
      limit 1),
    'reopensToday', (
      select count(*)
      from case_events e
      join sites s on s.id = c.site_id
      where e.kind = 'reopened'
        and ${beforeThen}
        and (e.at at time zone s.timezone)::date = (q."arrivedAt" at time zone s.timezone)::date),
    'participants', array(
      select p.address
      from case_participants p
      where p.case_id = c.id
        and p.added_at < q.at
        and (p.added_at <> q."arrivedAt" or c.opened_at = p.added_at))))
  from cases c
  where c.id = any(q.cases)`;

const lettersThen = sql`
  select json_agg(json_build_object(
    'id', l.id::text,
    'settled', coalesce(l.settled_at < q.at, false),
    'originalOutcome', (
      select d.outcome
      from decisions d
      where d.mail_id = (l.asks->>'mail')::bigint and d.at < q.at
      order by d.id desc
      limit 1)))
  from letters l
  where l.id = any(q.letters)`;

const codesThen = sql`
  select json_agg(json_build_object(
    'letter', k.letter_id::text,
    'expired', k.expires_at <= q.at,
    'closed', case when k.closed_at < q.at and k.closed_by is distinct from q.mail then k.closed_why end))
  from confirmation_codes k
  where k.letter_id = any(q.codes)`;

const privilegedThen = sql`
  select json_agg(json_build_object(
    'id', p.id::text,
    'revoked', coalesce(p.revoked_at < q.at, false),
    'redeemed', coalesce(p.redeemed_at < q.at, false),
    'expired', p.expires_at <= q.at))
  from privileged_pins p
  where p.id = any(q.privileged)`;

/** Letters `l` that counted at that moment. */
const counted = sql`l.created_at < q.at and l.state <> 'suppressed' and l.caused_by is distinct from q.mail`;

/** What the letter was about had been settled by then. */
const settledThen = sql`
  case
    when l.settled_at < q.at then true
    when l.asks->>'kind' = 'missing-pin' then coalesce((
      select d.outcome not in ${awaiting('pin')}
      from decisions d
      where d.mail_id = (l.asks->>'mail')::bigint and d.at < q.at
      order by d.id desc
      limit 1), false)
    when l.asks->>'kind' = 'senders' then not exists (
      select
      from jsonb_array_elements_text(l.asks->'questions') x(id)
      join sender_questions s on s.id = x.id::bigint
      where s.answer is null or s.settled_at >= q.at)
    when l.template = ${sql.lit('support-lapsed' satisfies LetterTemplate)} then exists (
      select
      from decisions d
      where d.mail_id = l.caused_by and d.outcome = ${outcome('case-opened')} and d.at < q.at)
    else false
  end`;

const toSenderThen = pastLetters({
  keys: sql`unnest(q.keys) k(key)`,
  at: sql`q.at`,
  counted,
  settled: settledThen,
});

const toStaffThen = (staff: readonly string[]) => sql`
  select json_agg(json_build_object(
    'template', l.template,
    'matter', l.matter,
    'at', l.created_at,
    'followsOwn', false,
    'suppressed', false) order by l.id)
  from (
    select *
    from letters
    where to_address = any(${[...staff]}::text[]) and created_at > q.at - ${hour} and created_at < q.at
    union all
    select *
    from letters
    where to_address = any(${[...staff]}::text[])
      and matter like ${sql.lit(`${onceADay}%`)}
      and created_at <= q.at - ${hour}
      and created_at > q.at - ${hours(onceADayHours)}
  ) l
  where ${counted}`;

const mayHaveGoneRound = sql`
  q."mayBeLoop" and (
    select count(*)
    from unnest(q.keys) k(key)
    join letters l on l.rate_key = k.key
      and l.created_at > q.at - ${day}
      and l.created_at < q.at
      and l.caused_by is distinct from q.mail) >= 2`;

const saidBeforeThen = writtenBefore(sql`
  select c.number from cases c where c.id = e.case_id and c.opened_at < q.at`);

const strangersWithin = (span: RawBuilder<unknown>) => sql`
  select count(*) from letters l where l.stranger and l.created_at > q.at - ${span} and ${counted}`;

/** For each mail what was so just before it was decided, leaving out what it has caused itself. */
export async function loadHistoricalFacts(
  db: Db,
  asked: readonly HistoricalQuestion[],
  staff: readonly string[],
): Promise<HistoricalRecords[]> {
  const { rows } = await sql<Row>`
    select f.*
    from jsonb_to_recordset(${JSON.stringify(asked.map((one, i) => ({ i, ...one })))}::jsonb) as q(
      i int,
      mail bigint,
      at timestamptz,
      "arrivedAt" timestamptz,
      sender text,
      keys text[],
      cases bigint[],
      letters bigint[],
      questions bigint[],
      codes bigint[],
      privileged bigint[],
      "mayBeLoop" boolean)
    cross join lateral (
      select
        case when cardinality(q.cases) > 0 then (${casesThen}) end as cases,
        case when cardinality(q.letters) > 0 then (${lettersThen}) end as letters,
        case when cardinality(q.questions) > 0 then (
          select json_agg(s.id::text)
          from sender_questions s
          where s.id = any(q.questions) and s.settled_at < q.at) end as questions,
        case when cardinality(q.codes) > 0 then (${codesThen}) end as codes,
        case when cardinality(q.privileged) > 0 then (${privilegedThen}) end as privileged,
        (${toSenderThen}) as "toSender",
        (${toStaffThen(staff)}) as "toStaff",
        case when ${mayHaveGoneRound} then (${saidBeforeThen}) end as "saidBefore",
        (${strangersWithin(hour)}) as "strangersHour",
        (${strangersWithin(day)}) as "strangersDay"
    ) f
    order by q.i`.execute(db);
  return rows.map((row) => ({
    cases: row.cases ?? [],
    letters: row.letters ?? [],
    answered: row.questions ?? [],
    codes: row.codes ?? [],
    privileged: row.privileged ?? [],
    history: {
      toSender: (row.toSender ?? []).flatMap(({ n, ...past }) => Array.from({ length: n }, () => past)),
      toStaff: row.toStaff ?? [],
      saidBefore: (row.saidBefore ?? []).map((one) => ({
        text: one.text ?? '',
        newText: one.newText ?? '',
        case: one.case === null ? null : caseNumber(one.case),
      })),
      strangersHour: Number(row.strangersHour),
      strangersDay: Number(row.strangersDay),
    },
  }));
}
