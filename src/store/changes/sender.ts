/** How changes of senders who are not on record are written. */
import { sql } from 'kysely';
import { actorOf, type By } from '../../changes/by.ts';
import { auditOf } from '../../changes/change.ts';
import { changesOfMerge } from '../../changes/registry.ts';
import type {
  QuestionAsked,
  QuestionSettled,
  QuestionsLapsed,
  SenderAdmitted,
  SenderBlocked,
  SenderRegistered,
  SenderUnblocked,
} from '../../changes/sender.ts';
import { Failure } from '../../foundation/failure.ts';
import { registerContact } from '../../registry/register-contact.ts';
import type { Role } from '../../registry/site.ts';
import { writeAudit } from '../audit.ts';
import type { Tx } from '../database.ts';
import { held } from '../literals.ts';
import { loadRegistry, lockRegistry } from '../registry/registry.ts';
import { writeSitesChanged } from '../registry/write-registry.ts';

/** A question that was answered with no is not put again for so long; later mails wait for the answer to the first: then null. */
export async function writeQuestionAsked(tx: Tx, change: QuestionAsked): Promise<QuestionAsked | null> {
  const { rows } = await sql<{ id: string }>`
    with about as (
      select ${change.site}::bigint as site_id, (select id from cases where number = ${change.case}) as case_id
    )
    insert into sender_questions (site_id, case_id, address, name, title, arrived_at)
    select a.site_id, a.case_id, ${change.address}, ${change.name}, ${change.title}, ${change.at}::timestamptz
    from about a
    where not exists (
      select from sender_questions q
      where q.site_id = a.site_id and q.address = ${change.address} and q.case_id is not distinct from a.case_id
        and q.answer = 'no' and q.settled_at > now() - make_interval(days => ${change.quietDays}))
    on conflict do nothing returning id::text`.execute(tx);
  await sql`
    insert into sender_question_mails (question_id, mail_id)
    select q.id, ${change.mail}::bigint from sender_questions q
    where q.site_id = ${change.site}::bigint and q.address = ${change.address} and q.answer is null
      and q.case_id is not distinct from (select id from cases where number = ${change.case})
    on conflict do nothing`.execute(tx);
  const [row] = rows;
  return row ? { ...change, question: row.id } : null;
}

/** The first answer counts: `facts-stale` where there was one before. */
export async function writeQuestionSettled(tx: Tx, change: QuestionSettled): Promise<void> {
  const { rows } = await sql`
    update sender_questions set answer = ${change.answer}, settled_at = now(), settled_by = ${actorOf(change.by)}
    where id = ${change.question}::bigint and answer is null returning id`.execute(tx);
  if (rows.length === 0) throw new Failure('facts-stale', `question ${change.question} was answered meanwhile`);
}

export async function writeQuestionsLapsed(tx: Tx, change: QuestionsLapsed): Promise<void> {
  await sql`
    update sender_questions q set answer = 'expired', settled_at = now(), settled_by = ${actorOf(change.by)}
    where q.answer is null and not exists (
      select from sender_question_mails l join mails m on m.id = l.mail_id
      where l.question_id = q.id and (m.outcome ${held} or m.state || '' = 'new'))`.execute(tx);
}

/** As the registry stands under its lock (POLICY §8.8). Fails with `bad-input`, saying which rule. */
async function writeContact(
  tx: Tx,
  given: { site: string; email: string; name: string; role: Role; at: string; by: By },
): Promise<void> {
  await lockRegistry(tx);
  const found = registerContact(await loadRegistry(tx, [given.site]), given);
  if (found.kind === 'refused') throw new Failure('bad-input', found.says);
  if (found.kind === 'known') return;
  const changes = changesOfMerge(found.document, found.lines, given).filter((one) => one.kind === 'site-changed');
  await writeSitesChanged(tx, changes);
  await writeAudit(
    tx,
    changes.flatMap((one) => auditOf(one) ?? []),
  );
}

/** Whoever is on record now need not be asked about elsewhere at the site. */
export async function writeSenderRegistered(tx: Tx, change: SenderRegistered): Promise<void> {
  const { address, name, role } = change;
  const actor = actorOf(change.by);
  const called =
    typeof name === 'string'
      ? name
      : (await sql<{ name: string }>`select name from sender_questions where id = ${name.question}::bigint`.execute(tx))
          .rows[0]?.name;
  await writeContact(tx, {
    site: change.siteNumber,
    email: address,
    name: called ?? '',
    role,
    at: change.at,
    by: change.by,
  });
  await sql`
    update sender_questions set answer = 'yes', settled_at = now(), settled_by = ${actor}
    where site_id = ${change.site}::bigint and address = ${address} and answer is null`.execute(tx);
}

/** May write on that case from now on, without being on record. */
export async function writeSenderAdmitted(tx: Tx, change: SenderAdmitted): Promise<void> {
  await sql`
    insert into case_participants (case_id, address, contact_id, added_at)
    select id, ${change.address}, null, now() from cases where number = ${change.case}
    on conflict do nothing`.execute(tx);
}

/** `facts-stale` where it was so already. */
function changed<C extends SenderBlocked | SenderUnblocked>(change: C, [row]: readonly { readonly id: string }[]): C {
  if (!row) throw new Failure('facts-stale', `the block of ${change.key} was changed meanwhile`);
  return { ...change, row: row.id };
}

export async function writeSenderBlocked(tx: Tx, change: SenderBlocked): Promise<SenderBlocked> {
  const { rows } = await sql<{ id: string }>`
    insert into blocked_senders (key, blocked_by) values (${change.key}, ${actorOf(change.by)})
    on conflict (key) where lifted_at is null do nothing returning id::text`.execute(tx);
  return changed(change, rows);
}

export async function writeSenderUnblocked(tx: Tx, change: SenderUnblocked): Promise<SenderUnblocked> {
  const { rows } = await sql<{ id: string }>`
    update blocked_senders set lifted_at = now(), lifted_by = ${actorOf(change.by)}
    where key = ${change.key} and lifted_at is null returning id::text`.execute(tx);
  return changed(change, rows);
}
