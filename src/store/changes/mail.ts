/** How changes of mails that were decided before are written. Where somebody was faster, nothing is. */
import { type RawBuilder, sql } from 'kysely';
import { actorOf, type By, mailOf } from '../../changes/by.ts';
import type {
  MailAnswered,
  MailHeldAgain,
  MailRefused,
  MailReleased,
  MailRenewed,
  MailReplayed,
  MailSettled,
  MailsPutBack,
  MailsRefused,
  MailTakenOff,
} from '../../changes/mail.ts';
import { Failure } from '../../foundation/failure.ts';
import { writeAudit } from '../audit.ts';
import type { Db, Tx } from '../database.ts';
import type { WrittenLetter } from '../letters/letters.ts';
import { awaiting, held, outcome } from '../literals.ts';

type PutBack = MailReleased | MailRenewed | MailReplayed;

/** A person is told; the clock, and mail, are judged again. */
const faster = (mail: string, by: By, replayed = false): Failure =>
  by.kind === 'clock'
    ? new Failure('facts-stale', `mail ${mail} was decided meanwhile`)
    : new Failure(
        'conflict',
        replayed ? 'another worker has it in hand' : `Somebody was faster: mail ${mail} is not held any more.`,
      );

/** Of a mail `m` that is to be decided again, behind those with a lower place. */
const asNew = (place: RawBuilder<unknown>) => sql`
  state = 'new',
  outcome = null,
  reason = null,
  case_id = null,
  fence = m.fence + 1,
  claimed_by = null,
  claimed_at = null,
  tries = 1,
  due_at = now() + make_interval(secs => 60 + 5 * ${place})`;

/**
 * To be decided again, in this order. Nobody has them yet: whoever is killed before they are decided leaves them to the sweeper,
 * which brings back one after the other (no job waits for them, which is what a try that is over means to it).
 */
export async function putBackMails(tx: Tx, changes: readonly PutBack[]): Promise<void> {
  const given = changes.map(({ mail, fence, was, admitted }) => ({ mail, fence, was, admitted }));
  const { rows } = await sql<{ id: string }>`
    with given as (
      select (t.value->>'mail')::bigint as id, (t.value->>'fence')::bigint as fence, t.value->>'was' as was,
        nullif(t.value->'admitted', 'null') as admitted, t.place
      from jsonb_array_elements(${JSON.stringify(given)}::jsonb) with ordinality as t(value, place)
    )
    update mails m
    set ${asNew(sql`g.place`)}, admitted = coalesce(g.admitted, m.admitted)
    from given g
    where m.id = g.id and m.fence = g.fence and m.state in ('decided', 'dead') and m.outcome is not distinct from g.was
    returning m.id::text`.execute(tx);
  const done = new Set(rows.map((row) => row.id));
  for (const change of changes)
    if (!done.has(change.mail)) throw faster(change.mail, change.by, change.kind === 'mail-replayed');
}

/** The questions of the change, for a statement that says `with asked as (...)`. */
const asked = ({ site, address, question }: MailsPutBack | MailsRefused) => sql`
  asked as (
    select distinct l.mail_id from sender_questions q join sender_question_mails l on l.question_id = q.id
    where q.site_id = ${site}::bigint and q.address = ${address}
      and (${question}::bigint is null or q.id = ${question}::bigint)
  )`;

export async function putBackWaiting(tx: Tx, change: MailsPutBack): Promise<void> {
  await sql`
    with ${asked(change)}, held as (
      select id, arrived_at from mails
      where id in (select mail_id from asked) and state = 'decided'
        and outcome in ${awaiting('answer-about-sender')}
        and id is distinct from ${change.except}::bigint
      for update
    ), numbered as (
      select id, row_number() over (order by arrived_at, id) as place from held
    ), back as (
      update mails m
      set ${asNew(sql`n.place`)}, settled_by = ${mailOf(change.by)}::bigint
      from numbered n where m.id = n.id returning m.id
    )
    insert into audit (actor, action, subject_kind, subject_id)
    select ${actorOf(change.by)}::text, 'mail-admitted', 'mail', id::text from back`.execute(tx);
}

/** Put back by these changes, and decided by nobody since, in the order of their arrival. */
export async function waitingAfter(
  db: Db | Tx,
  change: MailsPutBack,
): Promise<{ readonly id: string; readonly fence: string }[]> {
  const { rows } = await sql<{ id: string; fence: string }>`
    with ${asked(change)}
    select id::text, fence::text from mails where id in (select mail_id from asked) and state || '' = 'new'
    order by arrived_at, id`.execute(db);
  return rows;
}

type Refusing = { readonly rule: string; readonly reason: string; readonly by: By };

/** Ends the holding; nobody is written to. Those that are not held stay as they are. */
async function refuse(
  tx: Tx,
  mails: readonly string[],
  given: Refusing,
): Promise<{ readonly id: string; readonly was: string }[]> {
  const { rows } = await sql<{ id: string; was: string }>`
    with held as (
      select id, outcome
      from mails
      where id = any(${[...mails]}::bigint[]) and state = 'decided' and outcome ${held}
      for update
    ), refused as (
      update mails m
      set outcome = ${outcome('refused')}, reason = ${given.reason}, settled_by = ${mailOf(given.by)}::bigint
      from held
      where m.id = held.id
      returning m.id, held.outcome as was, m.case_id
    ), decided as (
      insert into decisions (mail_id, at, outcome, rule, reason, evidence, case_id, letters)
      select
        r.id,
        now(),
        ${outcome('refused')},
        ${given.rule},
        ${given.reason},
        coalesce(
          (
            select d.evidence
            from decisions d
            where d.mail_id = r.id
            order by d.id desc
            limit 1
          ),
          '{}') || jsonb_build_object('by', ${actorOf(given.by)}::text),
        r.case_id,
        '[]'
      from refused r
    )
    select id::text, was
    from refused`.execute(tx);
  return rows;
}

export async function refuseMails(tx: Tx, changes: readonly MailRefused[]): Promise<void> {
  for (const [reason, some] of Map.groupBy(changes, (change) => change.reason)) {
    const by = some[0]?.by ?? ({ kind: 'clock' } as const);
    const rows = await refuse(
      tx,
      some.map((change) => change.mail),
      { rule: 'held', reason, by },
    );
    const done = new Map(rows.map((row) => [row.id, row.was]));
    for (const change of some) if (done.get(change.mail) !== change.was) throw faster(change.mail, change.by);
  }
}

export async function refuseWaiting(tx: Tx, change: MailsRefused): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    with ${asked(change)} select mail_id::text as id from asked order by mail_id`.execute(tx);
  const refused = await refuse(
    tx,
    rows.map((row) => row.id),
    change,
  );
  await writeAudit(
    tx,
    refused.map(({ id, was }) => ({
      actor: actorOf(change.by),
      action: 'mail-refused',
      subjectKind: 'mail',
      subjectId: id,
      detail: { was },
    })),
  );
}

/** Where it is refused no more, or somebody has it in hand, nothing is written. */
export async function writeMailHeldAgain(tx: Tx, { mail, fence, outcome: heldAs, by }: MailHeldAgain): Promise<void> {
  const reason = 'A person has taken the refusal back.';
  const { rows } = await sql`
    with again as (
      update mails m
      set
        outcome = ${heldAs},
        reason = ${reason},
        settled_by = null,
        fence = m.fence + 1
      where m.id = ${mail}::bigint
        and m.fence = ${fence}::bigint
        and m.state = 'decided'
        and m.outcome = ${outcome('refused')}
      returning m.id, m.case_id
    ), decided as (
      insert into decisions (mail_id, at, outcome, rule, reason, evidence, case_id, letters)
      select
        a.id,
        now(),
        ${heldAs},
        'held',
        ${reason},
        coalesce(
          (
            select d.evidence
            from decisions d
            where d.mail_id = a.id
            order by d.id desc
            limit 1
          ),
          '{}') || jsonb_build_object('by', ${actorOf(by)}::text),
        a.case_id,
        '[]'
      from again a
    )
    select id
    from again`.execute(tx);
  if (rows.length === 0) throw new Failure('conflict', `Somebody was faster: mail ${mail} is not refused any more.`);
}

const letterAnswered = (tx: Tx, letter: string) =>
  sql`update letters set settled_at = now() where id = ${letter}::bigint`.execute(tx);

/** `facts-stale` where another answer was faster. */
export async function writeMailSettled(tx: Tx, change: MailSettled): Promise<void> {
  const { rows } = await sql`
    update mails
    set
      outcome = ${change.outcome},
      reason = ${change.reason},
      settled_by = ${mailOf(change.by)}::bigint,
      case_id = (select id from cases where number = ${change.case})
    where id = ${change.mail}::bigint
      and outcome in ${awaiting('pin')}
      and case_id is null
    returning id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `mail ${change.mail} was settled by another answer`);
  await letterAnswered(tx, change.letter);
}

/** `NEW`: the mail leaves the case that it was added to by a bare number; `facts-stale` where it is there no more. */
export async function writeMailTakenOff(tx: Tx, change: MailTakenOff): Promise<void> {
  const { rows } = await sql<{ from: string }>`
    update mails m
    set
      outcome = ${change.outcome},
      reason = ${change.reason},
      settled_by = ${mailOf(change.by)}::bigint,
      case_id = (select id from cases where number = ${change.to})
    from cases f
    where m.id = ${change.mail}::bigint
      and m.outcome = ${change.was}
      and f.number = ${change.from}
      and m.case_id = f.id
    returning f.id::text as
    from`.execute(tx);
  const [row] = rows;
  if (!row) throw new Failure('facts-stale', `mail ${change.mail} is on case ${change.from} no more`);
  await sql`
    delete from case_messages where mail_id = ${change.mail}::bigint and case_id = ${row.from}::bigint`.execute(tx);
  await letterAnswered(tx, change.letter);
}

/** The letter is all there is of it; null where the same text was written before. */
export async function writeMailAnswered(
  _tx: Tx,
  change: MailAnswered,
  letters: readonly WrittenLetter[],
): Promise<MailAnswered | null> {
  const letter = letters.find((one) => one.template === 'held-answer' && one.fresh);
  return letter ? { ...change, letter: letter.id } : null;
}
