import { sql } from 'kysely';
import { Failure } from '../foundation/failure.ts';
import type { CaseNumber } from '../foundation/ids.ts';
import type { NewCase } from '../intake/decision.ts';
import type { MailFacts } from '../mail/parsed-mail.ts';
import type { Database, Db, Tx } from './database.ts';

export async function drawCaseNumber(db: Db): Promise<CaseNumber> {
  const { rows } = await sql<{ number: string }>`select nextval('case_numbers')::text as number`.execute(db);
  return rows[0]?.number as CaseNumber;
}

/** The decision was made on facts that have changed since: it is thrown away and made again. */
const stale = (what: string) => new Failure('facts-stale', what);

/** Two decisions that would open the same case twice meet at a unique key; the later one is made again. */
async function orStale<T>(work: Promise<T>, what: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') throw stale(what);
    throw error;
  }
}

/** Writes a case that a mail opens, with who takes part and its first events. Returns the row's id. */
export async function insertCase(
  tx: Tx,
  opens: NewCase,
  given: { number: CaseNumber; mail: string; sender: string | null; follows: CaseNumber | null },
): Promise<string> {
  const { rows } = await orStale(
    sql<{ id: string }>`
      with new_case as (
        insert into cases (number, site_id, title, severity, kind, status, opened_at, opened_by_mail, contact_id, contact_address, language, product, version, provisional, under_covered,
          due, follow_up_of, report)
        values (${given.number}, ${opens.site}, ${opens.title}, ${opens.severity}, ${opens.kind}, 'open', ${opens.openedAt}, ${given.mail}, ${opens.contact}, ${opens.contactAddress},
          ${opens.language}, ${opens.product}, ${opens.version}, ${opens.provisional}, ${opens.underCovered}, ${opens.due},
          (select id from cases where number = ${given.follows}), ${JSON.stringify(opens.report)}::jsonb)
        returning id
      ), people as (
        insert into case_participants (case_id, address, contact_id, added_at)
        select n.id, a, ${opens.contact}::bigint, ${opens.openedAt}::timestamptz from new_case n, (select distinct unnest(${[...new Set([opens.contactAddress, given.sender])].filter(Boolean)}::text[])) as p(a)
      ), first_events as (
        insert into case_events (case_id, at, kind, mail_id, detail)
        select n.id, e.at, e.kind, ${given.mail}::bigint, e.detail from new_case n, (values
          (${opens.openedAt}::timestamptz, 'opened', ${JSON.stringify({ severity: opens.severity, kind: opens.kind, provisional: opens.provisional, underCovered: opens.underCovered, follows: given.follows })}::jsonb),
          (${opens.openedAt}::timestamptz, 'clock-started', ${JSON.stringify({ due: opens.due, rating: opens.rating })}::jsonb)
        ) as e(at, kind, detail)
      )
      select id from new_case`.execute(tx),
    'another decision opened this case',
  );
  return rows[0]?.id as string;
}

export type Change = {
  readonly number: CaseNumber;
  /** As the facts had it; where the row has moved on, `facts-stale`. */
  readonly versionNo: number;
  readonly reopen?: boolean;
  readonly lapse?: boolean;
  readonly fillsIn?: Readonly<Record<string, string>>;
};

/** Returns the row's id. */
export async function changeCase(tx: Tx, change: Change): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    update cases set version_no = version_no + 1,
      status = case when ${change.reopen ?? false} then 'open' else status end,
      closed_at = case when ${change.reopen ?? false} then null else closed_at end,
      lapsed = lapsed or ${change.lapse ?? false},
      clock_runs = clock_runs and not ${change.lapse ?? false},
      report = ${JSON.stringify(change.fillsIn ?? {})}::jsonb || report
    where number = ${change.number} and version_no = ${change.versionNo} returning id`.execute(tx);
  const [row] = rows;
  if (!row) throw stale(`case ${change.number} has changed`);
  return row.id;
}

export async function addCaseEvent(
  tx: Tx,
  event: { caseId: string; at: string; kind: string; mail: string | null; detail?: unknown },
): Promise<void> {
  await sql`insert into case_events (case_id, at, kind, mail_id, detail)
    values (${event.caseId}, ${event.at}, ${event.kind}, ${event.mail}, ${JSON.stringify(event.detail ?? {})}::jsonb)`.execute(
    tx,
  );
}

/** A mail on its case: once, however often it is decided. The first mail is shown whole, replies by what is new in them. */
export async function addCaseMail(
  tx: Tx,
  given: { caseId: string; mail: string; at: string; facts: MailFacts; contact: string | null; whole: boolean },
): Promise<void> {
  const { facts } = given;
  const author = facts.from.kind === 'one' ? facts.from.address : '';
  await sql`insert into case_messages (case_id, mail_id, direction, author, contact_id, automatic, text, attachments, unread_parts, at)
    values (${given.caseId}, ${given.mail}, 'in', ${author}, ${given.contact}, ${facts.class === 'machine'}, ${given.whole ? facts.text : facts.newText},
      ${JSON.stringify(facts.attachments)}::jsonb, ${facts.unreadParts as string[]}, ${given.at}) on conflict (case_id, mail_id) do nothing`.execute(
    tx,
  );
}

export async function addParticipant(
  tx: Tx,
  given: { caseId: string; address: string; contact: string | null; at: string },
): Promise<void> {
  await sql`insert into case_participants (case_id, address, contact_id, added_at) values (${given.caseId}, ${given.address}, ${given.contact}, ${given.at}) on conflict do nothing`.execute(
    tx,
  );
}

export async function addCaseLetters(
  tx: Tx,
  letters: readonly { id: string; caseId: string; author: string; text: string; at: string }[],
): Promise<void> {
  if (letters.length === 0) return;
  await sql`insert into case_messages (case_id, letter_id, direction, author, automatic, text, at)
    select l."caseId", l.id, 'out', l.author, true, l.text, l.at from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb) as l("caseId" bigint, id bigint, author text, text text, at timestamptz)`.execute(
    tx,
  );
}

/** `closed`, or why not. Closing a closed case is a conflict: somebody else was there first. */
export async function closeCase(
  database: Database,
  number: string,
  actor: string,
): Promise<'closed' | 'not-found' | 'already-closed'> {
  return database.transaction(async (tx) => {
    const { rows } = await sql<{
      id: string;
      status: string;
    }>`select id, status from cases where number = ${number} for update`.execute(tx);
    const [row] = rows;
    if (!row) return 'not-found';
    if (row.status === 'closed') return 'already-closed';
    await sql`update cases set status = 'closed', closed_at = now(), version_no = version_no + 1 where id = ${row.id}`.execute(
      tx,
    );
    await sql`insert into case_events (case_id, at, kind, detail) values (${row.id}, now(), 'closed', ${JSON.stringify({ by: actor })}::jsonb)`.execute(
      tx,
    );
    await sql`insert into audit (actor, action, subject_kind, subject_id) values (${actor}, 'case-closed', 'case', ${number})`.execute(
      tx,
    );
    return 'closed';
  });
}
